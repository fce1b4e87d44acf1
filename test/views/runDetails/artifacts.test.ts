import { describe, expect, test } from 'vitest';
import {
  artifactEntries,
  loggedTable,
  previewKind,
  TEXT_LIMIT,
  textPreview,
} from '../../../src/views/runDetails/artifacts.ts';

test('folders stand first, files tell their sizes', () => {
  const entries = artifactEntries([
    { path: 'a/z.txt', isDir: false, fileSize: 5 * 1024 ** 3 },
    { path: 'a/y', isDir: true, fileSize: undefined },
  ]);
  expect(entries.map(({ name, size, isFolder }) => [name, size, isFolder])).toEqual([
    ['y', undefined, true],
    ['z.txt', '5 GB', false],
  ]);
});

test.each([
  ['plots/roc.PNG', 'image'],
  ['curve.svg', 'image'],
  ['table.json', 'json'],
  ['train.py', 'text'],
  ['MLmodel', 'text'],
  ['report.html', 'text'],
  ['model.pkl', 'none'],
  ['weights.safetensors', 'none'],
  ['constructor', 'text'],
  ['x.constructor', 'text'],
])('%s is shown as %s', (path, kind) => {
  expect(previewKind(path).kind).toBe(kind);
});

describe('a text', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  test('is shown as it is; pages tell that they are not run', () => {
    expect(textPreview('a.txt', bytes('é'), 2)).toEqual({ kind: 'text', text: 'é' });
    expect(textPreview('a.html', bytes('<b>'), 3)).toMatchObject({
      text: '<b>',
      note: expect.stringContaining('not run'),
    });
  });

  test('that is long is cut, and says so', () => {
    const preview = textPreview('a.txt', new Uint8Array(TEXT_LIMIT).fill(97), 3 * 1024 * 1024);
    expect(preview).toMatchObject({ kind: 'text', note: 'The first 64 KB of 3 MB. Open it to see the rest.' });
  });

  test('that is none is told to be binary', () => {
    expect(textPreview('a.txt', Uint8Array.of(1, 0, 2), 3).kind).toBe('none');
    expect(textPreview('empty.txt', new Uint8Array(), 0)).toEqual({ kind: 'text', text: '' });
  });
});

describe('a logged table', () => {
  test('has columns and rows as texts', () => {
    const json = JSON.stringify({
      columns: ['q', 'score'],
      data: [
        ['why', 0.5],
        [null, { a: 1 }],
      ],
    });
    expect(loggedTable(json)).toEqual({
      columns: ['q', 'score'],
      rows: [
        ['why', '0.5'],
        ['null', '{"a":1}'],
      ],
      total: 2,
    });
  });

  test('that is long is shown in part', () => {
    const data = Array.from({ length: 1_000 }, () => ['x'.repeat(2_000)]);
    const table = loggedTable(JSON.stringify({ columns: ['c'], data }));
    expect(table).toMatchObject({ total: 1_000 });
    expect(table?.rows).toHaveLength(200);
    expect(table?.rows[0]?.[0]).toHaveLength(500);
  });

  test.each(['', '[]', 'null', '{"columns": [], "data": [1]}', '{"columns": "a", "data": []}'])('is not %j', (text) => {
    expect(loggedTable(text)).toBeUndefined();
  });
});
