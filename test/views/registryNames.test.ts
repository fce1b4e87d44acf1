import { describe, expect, test } from 'vitest';
import { quoteValue } from '../../src/views/filterText.ts';
import { aliasProblem, registeredModelNameProblem } from '../../src/views/registryNames.ts';

describe('names of registered models', () => {
  test.each(['Wine', 'Wine quality 2', 'größe', "it's"])('%s is good', (name) => {
    expect(registeredModelNameProblem(name)).toBeUndefined();
  });

  test.each(['', '  ', 'a/b', 'a:b', 'a\\b', '..', '50%', 'x'.repeat(257)])('"%s" is refused', (name) => {
    expect(registeredModelNameProblem(name)).toBeDefined();
  });
});

describe('aliases', () => {
  test.each(['champion', 'v', 'v1a', 'prev-2'])('%s is good', (alias) => {
    expect(aliasProblem(alias)).toBeUndefined();
  });

  test.each(['', 'latest', 'Latest', 'v1', 'V12', 'a b', 'a.b', 'x'.repeat(256)])('"%s" is refused', (alias) => {
    expect(aliasProblem(alias)).toBeDefined();
  });
});

test('a value with an apostrophe is put in double quotes', () => {
  expect([quoteValue('Wine'), quoteValue("it's")]).toEqual(["'Wine'", '"it\'s"']);
});
