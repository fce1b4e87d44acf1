/**
 * SQL's LIKE over the whole text: `%` is any run of characters, `_` any one. Two pointers and one way back instead of a
 * regular expression, so that no pattern takes more than pattern × text steps.
 */
export function like(text: string, pattern: string): boolean {
  const [characters, wanted] = [[...text], [...pattern]];
  let at = 0;
  let p = 0;
  let afterPercent = -1;
  let resumeAt = 0;
  while (at < characters.length) {
    if (p < wanted.length && wanted[p] === '%') {
      afterPercent = ++p;
      resumeAt = at;
    } else if (p < wanted.length && (wanted[p] === '_' || wanted[p] === characters[at])) {
      p++;
      at++;
    } else if (afterPercent >= 0) {
      p = afterPercent;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  while (p < wanted.length && wanted[p] === '%') p++;
  return p === wanted.length;
}
