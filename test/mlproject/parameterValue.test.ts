import { describe, expect, test } from 'vitest';
import { validateParameter } from '../../src/mlproject/parameterValue.ts';
import { isProjectFileName } from '../../src/mlproject/project.ts';
import { suggest } from '../../src/mlproject/suggest.ts';

describe('a value fits its type', () => {
  test.each([
    ['float', '0.5'],
    ['float', '1e-3'],
    ['float', '.5'],
    ['float', '-inf'],
    ['float', 'nan'],
    ['int', '9'],
    ['bool', 'True'],
    ['uri', 's3://bucket/key'],
    ['path', 'data/train.csv'],
    ['string', ''],
    ['list[int]', 'anything'],
  ])('%s: %s', (type, value) => {
    expect(validateParameter({ name: 'p', type }, value)).toBeUndefined();
  });

  test.each([
    ['float', 'abc'],
    ['float', ''],
    ['float', '0x1F'],
    ['int', '1.5'],
    ['bool', 'maybe'],
    ['uri', 'data/train.csv'],
    ['path', ''],
  ])('not %s: %j', (type, value) => {
    expect(validateParameter({ name: 'p', type }, value)).toContain('p');
  });
});

test('the file is found in any case, and nothing else', () => {
  expect(['MLproject', 'mlproject', 'MLProject'].every(isProjectFileName)).toBe(true);
  expect(['MLproject.yaml', 'project', ''].some(isProjectFileName)).toBe(false);
});

describe('a misspelt word', () => {
  test.each([
    ['comand', 'command'],
    ['entrypoints', 'entry_points'],
    ['Python-Env', 'python_env'],
  ])('%s is %s', (word, meant) => {
    expect(suggest(word, ['command', 'entry_points', 'python_env', 'name'])).toBe(meant);
  });

  test('is not guessed at from afar', () => {
    expect(suggest('volume_of_work', ['command', 'name'])).toBeUndefined();
  });
});
