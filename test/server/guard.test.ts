import { describe, expect, test } from 'vitest';
import { createGuard } from '../../src/server/guard.ts';

const guard = createGuard(5000);
const statusOf = (headers: Record<string, string>, path = '/api/2.0/mlflow/runs/get') =>
  guard({ method: 'GET', path, header: (name) => headers[name] })?.status;

describe('Host', () => {
  test.each(['127.0.0.1:5000', 'localhost:5000', '[::1]:5000', 'LOCALHOST:5000'])('%s is us', (host) => {
    expect(statusOf({ host })).toBeUndefined();
  });

  test.each([
    '',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:5001',
    'localhost.:5000',
    '0.0.0.0:5000',
    '10.evil.example:5000',
    '127.0.0.1.evil.example:5000',
    '127.0.0.1:5000@evil.example',
    'evil.example',
    'evil.example:5000',
    '[::]:5000',
    '2130706433:5000',
  ])('%s is a foreign name', (host) => {
    expect(statusOf({ host })).toBe(403);
  });

  test('must be there', () => {
    expect(statusOf({})).toBe(403);
  });
});

describe('Origin', () => {
  const host = 'localhost:5000';

  test('may be our own, or none', () => {
    expect(statusOf({ host, origin: 'http://localhost:5000' })).toBeUndefined();
    expect(statusOf({ host })).toBeUndefined();
  });

  test.each([
    'null',
    'http://127.0.0.1:5000',
    'http://localhost:3000',
    'https://localhost:5000',
    'http://evil.example',
    'vscode-webview://1a2b3c',
    '',
  ])('%j is another', (origin) => {
    expect(statusOf({ host, origin })).toBe(403);
  });
});

describe('Sec-Fetch-Site', () => {
  const host = '127.0.0.1:5000';

  test.each(['same-origin', 'none'])('%s passes', (site) => {
    expect(statusOf({ host, 'sec-fetch-site': site })).toBeUndefined();
  });

  test.each(['cross-site', 'same-site', ''])('%j does not', (site) => {
    expect(statusOf({ host, 'sec-fetch-site': site })).toBe(403);
  });
});
