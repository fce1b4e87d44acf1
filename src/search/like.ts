/**
 * Compiles SQL's LIKE over the whole text: `%` is any run of characters, `_` any one. Never a regular expression: no
 * pattern takes more than pattern × text steps.
 */
export function compileLike(pattern: string): (text: string) => boolean {
  const parts = pattern.split('%');
  return pattern.includes('_') ? twoPointers([...pattern]) : inTurn(parts);
}

/** The parts between the `%` one after the other, each as early as possible. */
function inTurn([first = '', ...rest]: readonly string[]): (text: string) => boolean {
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= end;
  };
}

/** Two pointers and one way back, to behind the last `%`. */
function twoPointers(wanted: readonly string[]): (text: string) => boolean {
  return (text) => {
    const characters = [...text];
    let at = 0;
    let p = 0;
    let afterPercent = -1;
    let resumeAt = 0;
    while (at < characters.length) {
      if (wanted[p] === '%') {
        afterPercent = ++p;
        resumeAt = at;
      } else if (wanted[p] === '_' || wanted[p] === characters[at]) {
        p++;
        at++;
      } else if (afterPercent >= 0) {
        p = afterPercent;
        at = ++resumeAt;
      } else {
        return false;
      }
    }
    while (wanted[p] === '%') p++;
    return p === wanted.length;
  };
}
