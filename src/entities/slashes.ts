/** A path without the slashes at its end. Not by `/\/+$/`, which looks at each slash of a long row for each of them. */
export function withoutSlashesAtEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}
