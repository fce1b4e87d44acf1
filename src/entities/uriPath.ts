/** Rounds of decoding: what was encoded more often was encoded to hide something. */
const ROUNDS = 5;

/** Whether a URI, decoded as often as anybody may decode it, holds a `..` or a NUL. */
export function mayLeaveItsFolder(uri: string): boolean {
  let decoded = uri;
  for (let round = 0; round < ROUNDS && /%[0-9a-f]{2}/i.test(decoded); round++) decoded = decodeOnce(decoded);
  return decoded.includes('\0') || decoded.split(/[/\\?]/).includes('..');
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing stands for itself, and may hide others that do.
    return text.replace(/%[0-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  }
}
