/** bytes of a tool's output that are kept to find what went wrong. */
const KEPT = 256_000;

/** How pip, uv, conda, git and docker begin the line that says what went wrong. */
const FAILURE =
  /^(?:error(?: response from daemon)?:|fatal:|remote: (?:error|fatal)|\w*(?:Error|Exception|NotFound|Failed)\b|[×✗] |docker: )/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
const COLOR = /\u001b\[[\d;]*m/g;

/** Keeps the end of what a tool says. */
export class ToolOutput {
  #text = '';

  add(chunk: string): void {
    this.#text = (this.#text + chunk).slice(-KEPT);
  }

  /** The first line that tells of a failure, with the next one where that has the reason; else the last one. */
  failure(): string {
    const lines = this.#text
      .replace(COLOR, '')
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const at = lines.findIndex((line) => FAILURE.test(line));
    const line = lines[at] ?? lines.at(-1) ?? 'It said nothing.';
    const reason = /:$|No solution found/.test(line) ? lines[at + 1] : undefined;
    return reason === undefined ? line : `${line} ${reason}`;
  }
}
