import { describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';

describe('a server that gives whole files only', () => {
  const giving = (size: number) => {
    const state = { isCancelled: false };
    async function* zeros() {
      try {
        for (let at = 0; at < size; at += 65_536) yield new Uint8Array(Math.min(65_536, size - at)).fill(at / 65_536);
      } finally {
        state.isCancelled = true;
      }
    }
    const answer = async () =>
      new Response(ReadableStream.from(zeros()), { headers: { 'content-length': String(size) } });
    return { state, repository: connect('http://localhost', { fetch: answer }).artifacts.open('mlflow-artifacts:/a') };
  };

  test('is read up to where a part ends', async () => {
    const { repository, state } = giving(10 * 65_536);
    const { stream, size } = await repository.read('f', { from: 65_530, to: 65_540 });
    const pieces: Uint8Array[] = [];
    for await (const piece of stream) pieces.push(piece);
    expect([...Buffer.concat(pieces)]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
    expect(size).toBe(10 * 65_536);
    expect(state.isCancelled).toBe(true);
  });

  test('is not read for gigabytes to come to a part', async () => {
    const { repository } = giving(5 * 1024 ** 3);
    const reading = repository.read('f', { from: 4 * 1024 ** 3, to: 4 * 1024 ** 3 + 1 });
    await expect(reading).rejects.toMatchObject({ code: 'NOT_IMPLEMENTED' });
  });
});
