import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandsOf } from '../../src/mlproject/commandWords.ts';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { contentOf, scriptsOf } from '../../src/mlproject/scripts.ts';
import { main } from './codes.ts';

function wordsOf(text: string): string[][] {
  return commandsOf(text, { start: 0, end: text.length }).map((words) => words.map((word) => word.text));
}

describe('the words of a command', () => {
  test.each([
    ['python a.py --x 1', [['python', 'a.py', '--x', '1']]],
    ['a && b; c | d\ne', [['a'], ['b'], ['c'], ['d'], ['e']]],
    [`echo 'a b' "c d" e\\ f`, [['echo', 'a b', 'c d', 'e f']]],
    ['a \\\n  b \\\r\n c', [['a', 'b', 'c']]],
    ['a # b c\nd', [['a'], ['d']]],
    [`a 'b`, [['a', 'b']]],
    ['', []],
  ])('%j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('every word stands where its range says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '\n', '&', '{', '#'), maxLength: 40 }),
        (text) => {
          const words = commandsOf(text, { start: 0, end: text.length }).flat();
          return words.every(({ range }, at) => {
            const before = words[at - 1]?.range.end ?? 0;
            return range.start >= before && range.end > range.start && range.end <= text.length;
          });
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('the scripts of a command', () => {
  const scripts = (...lines: string[]) => {
    const text = main(...lines);
    const command = parseProject(text).project.entryPoints[0]?.command;
    return command ? scriptsOf(command, text).map(({ path, range }) => [path, text.slice(range.start, range.end)]) : [];
  };

  test.each([
    ['python train.py', ['train.py']],
    ['"python3.11 -u steps/a.py --x 1 && bash run.sh"', ['steps/a.py', 'run.sh']],
    ['OMP_NUM_THREADS=1 python a.py', ['a.py']],
    ['torchrun --nproc 2 dist.py', ['dist.py']],
    ['python -m package.module', ['package/module.py']],
    ["python -c 'print(1)'", []],
    ['cd src && python train.py', []],
    ['git clone x && python x/train.py', []],
    ['python a.py && cd src && python b.py', ['a.py']],
    ['python {script}', []],
    ['./run.sh', []],
    ['dvc repro', []],
    ['jupyter nbconvert a.ipynb', []],
    ['python $DIR/a.py', []],
  ])('%s', (command, names) => {
    expect(scripts(`command: ${command}`).map(([name]) => name)).toEqual(names);
  });

  test('are found in blocks and quotes, at their places', () => {
    expect(scripts('command: |', '  python a.py &&', '  python "b c.py"')).toEqual([
      ['a.py', 'a.py'],
      ['b c.py', '"b c.py"'],
    ]);
  });

  test('the content of a command is without its quotes, and without the head of a block', () => {
    const content = (...lines: string[]) => {
      const text = main(...lines);
      const command = parseProject(text).project.entryPoints[0]?.command;
      const { start, end } = command ? contentOf(command, text) : { start: 0, end: 0 };
      return text.slice(start, end);
    };
    expect(content('command: "x y"')).toBe('x y');
    expect(content('command: x y')).toBe('x y');
    expect(content('command: >-', '  x', '  y').trim()).toBe('x\n      y');
  });
});
