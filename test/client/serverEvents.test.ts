import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readServerEvents, type ServerEvent } from '../../src/client/serverEvents.ts';

async function read(...chunks: (string | Uint8Array)[]): Promise<ServerEvent[]> {
  async function* bytes() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
  const events: ServerEvent[] = [];
  for await (const event of readServerEvents(bytes())) events.push(event);
  return events;
}

test('events have a type and data', async () => {
  expect(await read('event: changes\ndata: [1]\n\ndata: plain\n\n')).toEqual([
    { type: 'changes', data: '[1]' },
    { type: 'message', data: 'plain' },
  ]);
});

test('comments are signs of life', async () => {
  expect(await read(': hello\n\n', ': still here\n\n')).toEqual([
    { type: 'comment', data: '' },
    { type: 'comment', data: '' },
  ]);
});

test('data may have many lines', async () => {
  expect(await read('data: a\ndata:b\ndata:  c\n\n')).toEqual([{ type: 'message', data: 'a\nb\n c' }]);
});

test('an event that is not complete is none', async () => {
  expect(await read('data: a\n\ndata: b\n')).toEqual([{ type: 'message', data: 'a' }]);
});

test('bytes may arrive in any pieces', async () => {
  const text = 'event: changes\ndata: {"name":"日本 ömer"}\n\n: x\n\ndata: 2\n\n';
  const whole = await read(text);
  const bytes = Buffer.from(text);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
      const ends = [...cuts.sort((a, b) => a - b), bytes.length];
      const pieces = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
      expect(await read(...pieces)).toEqual(whole);
    }),
  );
});
