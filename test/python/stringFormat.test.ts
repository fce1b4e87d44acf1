import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MlflowError } from '../../src/entities/error.ts';
import { formatCommand } from '../../src/runner/command/stringFormat.ts';
import { hasPython, runProgram } from './environments.ts';

const VALUES = { x: 'abc', 'a b': '1', note: `it's "é" \\ 日\n\t`, width: '5', empty: '', both: `'"` };

const field = fc
  .tuple(
    fc.constantFrom(
      'x',
      'x',
      'note',
      'note',
      'both',
      'width',
      'a b',
      'note',
      'width',
      'empty',
      'both',
      'missing',
      '',
      '0',
      'x-y',
      'é',
    ),
    fc.constantFrom(
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '[0]',
      '[0]',
      '[1]',
      '[-1]',
      '[9]',
      '[a]',
      '[0][0]',
      '[]',
      '.y',
      '[0].y',
    ),
    fc.constantFrom('', '', '', '!s', '!r', '!a', '!s', '!r', '!a', '!x', '!', '!rr'),
    fc.constantFrom(
      '',
      '',
      '',
      ':',
      ':s',
      ':>8',
      ':*^7',
      ':5',
      ':.2',
      ':05',
      ':0>3',
      ':=5',
      ':é<4',
      ':{width}',
      ':>{width}',
      ':d',
      ':{missing}',
      ':08.2s',
    ),
  )
  .map((parts) => `{${parts.join('')}}`);
const piece = fc.oneof(field, fc.constantFrom('echo ', '{{', '}}', '{', '}', '$', "'", '{{{x}}}', ' && '));
const command = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));

function ours(text: string): string | null {
  try {
    return formatCommand(text, new Map(Object.entries(VALUES)));
  } catch (error) {
    if (error instanceof MlflowError) return null;
    throw error;
  }
}

test.runIf(hasPython())('3,000 commands are filled, or refused, as Python does', async () => {
  let filled = 0;
  const commands = fc.sample(command, { numRuns: 3_000, seed: 7 });
  for (let at = 0; at < commands.length; at += 1_000) {
    const some = commands.slice(at, at + 1_000);
    const cases = JSON.stringify(some.map((text) => [text, VALUES]));
    const theirs = (await runProgram('3.17.2', 'format_commands.py', [cases])) as (string | null)[];
    const differing = some.map((text, at) => [text, theirs[at], ours(text)]).filter(([, their, our]) => their !== our);
    expect(differing).toEqual([]);
    filled += theirs.filter((text) => text !== null).length;
  }
  expect(filled).toBeGreaterThan(900);
});
