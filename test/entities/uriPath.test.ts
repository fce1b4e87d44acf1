import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayLeaveItsFolder } from '../../src/entities/uriPath.ts';

test.each(['s3://b/a..b', 'a/...', 'models:/m/1', 'a%b', '100%', 'file:///data%20x', ''])('%j stays', (uri) => {
  expect(mayLeaveItsFolder(uri)).toBe(false);
});

test.each([
  '..',
  'a/..',
  'a\\..\\b',
  'a?../b',
  'a%00',
  'a\0',
  '%2e%2E/a',
  '.%2e',
  '%25252e%25252e',
  '%zz/%2e%2e/a',
  '%ff%2f..',
])('%j may leave', (uri) => expect(mayLeaveItsFolder(uri)).toBe(true));

test('no text fails', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof mayLeaveItsFolder(text) === 'boolean'));
});
