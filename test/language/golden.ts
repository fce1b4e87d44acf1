import fs from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(import.meta.dirname, 'golden');

/** Marks the cursor in a file of a golden case. */
export const CURSOR = '▮';

/** A case of `golden/`: files, as `--- name` and their lines, and what is wanted, in the part `--- want` or in the files. */
export interface GoldenCase {
  readonly name: string;
  readonly parts: ReadonlyMap<string, string>;
}

export function goldenFeatures(): string[] {
  return fs.readdirSync(FOLDER).sort();
}

export function goldenCases(feature: string): GoldenCase[] {
  return fs
    .readdirSync(path.join(FOLDER, feature))
    .sort()
    .map((name) => ({ name, parts: readParts(fs.readFileSync(path.join(FOLDER, feature, name), 'utf8')) }));
}

/** Writes down what came out, to be looked over, when `UPDATE` is set. */
export function updateCase(feature: string, { name }: GoldenCase, parts: ReadonlyMap<string, string>): void {
  if (process.env.UPDATE) fs.writeFileSync(path.join(FOLDER, feature, name), writeParts(parts));
}

function readParts(text: string): Map<string, string> {
  const [, ...pieces] = text.split(/^--- (.+)\n/m);
  const parts = new Map<string, string>();
  for (let at = 0; at < pieces.length; at += 2) parts.set(pieces[at] ?? '', pieces[at + 1] ?? '');
  return parts;
}

function writeParts(parts: ReadonlyMap<string, string>): string {
  return [...parts].map(([name, text]) => `--- ${name}\n${text}`).join('');
}

/** Something about a stretch of a text, in one line. */
export interface Mark {
  /** Offsets. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** At the first column a `@` tells it from a comment. */
const ANNOTATION = /^#(?:@~*| *~+) .*\n/gm;

/** The text with a line below each marked one: `#   ~~~~ label`, the `#` in the place of the first column. */
export function annotate(text: string, marks: readonly Mark[]): string {
  const lines = text.split('\n');
  // What is about the end of the file stands below its last line.
  const last = Math.max(0, text.trimEnd().length - 1);
  const placed = marks.map((mark) => (mark.start >= text.length ? { ...mark, start: last } : mark));
  let offset = 0;
  const annotated = lines.flatMap((line) => {
    const start = offset;
    offset += line.length + 1;
    const own = placed.filter((mark) => mark.start >= start && mark.start < offset);
    return [
      line,
      ...own.map((mark) => annotation(mark.start - start, Math.min(mark.end, offset - 1) - mark.start, mark.label)),
    ];
  });
  return annotated.join('\n');
}

function annotation(column: number, length: number, label: string): string {
  const marks = `${' '.repeat(column)}${'~'.repeat(Math.max(1, length))}`;
  return column === 0 ? `#@${marks.slice(1)} ${label}` : `#${marks.slice(1)} ${label}`;
}

/** The text that was annotated. */
export function withoutAnnotations(text: string): string {
  return text.replace(ANNOTATION, '');
}
