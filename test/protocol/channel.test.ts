import { describe, expect, test } from 'vitest';
import { answerWebview, askHost, type Port } from '../../src/protocol/channel.ts';

type Requests = {
  double(argument: number): number;
  fail(argument: undefined): void;
};

/** Two ends of one port; messages are copied as VS Code copies them. */
function ports(): [Port, Port] {
  const receivers: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number, other: number): Port => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const receive of receivers[other] ?? []) receive(copy);
      });
    },
    listen: (receive) => receivers[own]?.push(receive),
  });
  return [end(0, 1), end(1, 0)];
}

function connected() {
  const [host, webview] = ports();
  const events: string[] = [];
  const asking = askHost<Requests, string>(webview, (event) => events.push(event));
  const tell = answerWebview<Requests, string>(
    host,
    { double: (argument) => typeof argument === 'number' },
    {
      double: async (argument) => argument * 2,
      fail: () => {
        throw new Error('there is nothing here');
      },
    },
  );
  return { asking, tell, events, webview };
}

describe('the channel between extension and webview', () => {
  test('answers requests, each with its own answer', async () => {
    const { asking } = connected();
    expect(await Promise.all([1, 2, 3].map((n) => asking.ask('double', n)))).toEqual([2, 4, 6]);
  });

  test('a request that fails is refused with the message, never left open', async () => {
    const { asking } = connected();
    await expect(asking.ask('fail', undefined)).rejects.toThrow('there is nothing here');
  });

  test('an unknown request is refused, also one that objects have by nature', async () => {
    const { asking } = connected();
    await expect(asking.ask('toString' as 'fail', undefined)).rejects.toThrow('unknown request');
  });

  test('a request with a wrong argument is refused before anything is done', async () => {
    const { asking } = connected();
    for (const argument of ['1', null, undefined, {}, [1]]) {
      await expect(asking.ask('double', argument as number)).rejects.toThrow('wrong argument');
    }
  });

  test('events arrive in their order', async () => {
    const { tell, events } = connected();
    tell('a');
    tell('b');
    await Promise.resolve();
    expect(events).toEqual(['a', 'b']);
  });

  test('what is no message of ours is passed over', async () => {
    const { asking, webview } = connected();
    for (const message of [undefined, null, 'text', 42, {}, { kind: 'request' }, { kind: 'reply', id: 99, ok: 1 }]) {
      webview.post(message);
    }
    expect(await asking.ask('double', 21)).toBe(42);
  });
});
