import { expect, test } from 'vitest';
import { localPathOf, schemeOf } from '../../../src/runner/command/pathValue.ts';

test.each([
  ['data.csv', undefined, 'data.csv'],
  ['./a:b', undefined, './a:b'],
  ['/a/b', undefined, '/a/b'],
  ['file:///a/b%20c', 'file', '/a/b c'],
  ['file:a/b', 'file', 'a/b'],
  ['file://host/a', 'file', undefined],
  ['S3://bucket/x', 's3', undefined],
  ['runs:/abc/x', 'runs', undefined],
  ['localhost:5000', 'localhost', undefined],
])('%s has the scheme %s and is the local path %s', (value, scheme, local) => {
  expect(schemeOf(value)).toBe(scheme);
  expect(localPathOf(value)).toBe(local);
});
