import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { format } from '../../src/language/formatting.ts';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { documentOf, projectOf } from './cursor.ts';

function formatted(text: string): string {
  const document = documentOf(text);
  return TextDocument.applyEdits(document, format(projectOf(document), { tabSize: 2, insertSpaces: true }));
}

const blanks = fc.constantFrom('', ' ', '   ');
const value = fc.constantFrom(
  '0.5',
  '"a  b"',
  "'it''s'",
  '010',
  'no',
  '~',
  '1:30',
  '"\\u00e9"',
  '.5',
  '[1,  2]',
  'a #b',
  'a#b',
);
const parameter = fc
  .tuple(fc.constantFrom('a', 'b', '"c"', 'd-e'), blanks, value)
  .map(([name, space, text]) => `${name}${space}:  {type:   float,default: ${text.replace('#', '')}}`);
const comment = fc.constantFrom('', '  # note', '\n# line\n', '\n\n\n\n');
const command = fc.constantFrom(
  'x',
  '"x  {a}"',
  '"x \\\n          y"',
  "'x'",
  '|\n          x\n            y',
  '>-\n          x\n          y',
  'x\n          y',
);
const project = fc
  .tuple(fc.array(parameter, { minLength: 1, maxLength: 3 }), comment, command, fc.constantFrom(2, 4))
  .map(([parameters, note, run, indent]) => {
    const pad = (level: number) => ' '.repeat(indent * level);
    const lines = parameters.map((line) => `${pad(3)}${line}\n`).join('');
    return `name :  x${note}\nentry_points:\n${pad(1)}main:${note.startsWith('\n') ? '' : note}\n${pad(2)}parameters:\n${lines}${pad(2)}command: ${run}\n`;
  });

test('formatting changes nothing of what a project says, and a second time nothing at all', () => {
  const meaning = (text: string) =>
    JSON.stringify(parseProject(text).project, (key, inner) => (/range$/i.test(key) ? undefined : inner));
  fc.assert(
    fc.property(project, (text) => {
      const once = formatted(text);
      expect(meaning(once)).toBe(meaning(text));
      expect(formatted(once)).toBe(once);
      for (const [note] of text.matchAll(/# \w+/g)) expect(once).toContain(note);
    }),
    { numRuns: 300 },
  );
});

test('most projects are formatted', () => {
  const texts = fc.sample(project, { numRuns: 100, seed: 1 });
  expect(texts.filter((text) => formatted(text) !== text).length).toBeGreaterThan(60);
});
