import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quotePosix } from '../../../src/runner/command/shellQuote.ts';
import { formatCommand } from '../../../src/runner/command/stringFormat.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !value.includes('\0'));

test.skipIf(process.platform === 'win32')('whatever is quoted is one word for the shell', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (values) => {
      const words = values.map(quotePosix).join(' ');
      const said = execFileSync('bash', ['-c', `printf '%s\\0' ${words}`], { encoding: 'utf8' });
      expect(said.split('\0').slice(0, -1)).toEqual(values);
    }),
    { numRuns: 30 },
  );
});

test('a text with its braces doubled is filled to itself', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(formatCommand(value.replace(/[{}]/g, '$&$&'), new Map())).toBe(value);
    }),
  );
});
