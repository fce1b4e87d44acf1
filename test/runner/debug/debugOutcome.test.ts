import { describe, expect, test } from 'vitest';
import { DebugOutcome } from '../../../src/runner/debug/debugOutcome.ts';

const exited = (exitCode: number) => ({ type: 'event', event: 'exited', body: { exitCode } });
const terminated = { type: 'event', event: 'terminated' };
const disconnect = { type: 'request', command: 'disconnect' };

function outcome(play: (it: DebugOutcome) => void): string {
  const it = new DebugOutcome();
  play(it);
  return it.status;
}

describe('a debugged program', () => {
  test('has finished with exit code 0, and failed with another', () => {
    for (const [code, status] of [
      [0, 'FINISHED'],
      [3, 'FAILED'],
    ] as const) {
      const played = outcome((it) => {
        it.told(exited(code));
        it.told(terminated);
        it.asked(disconnect);
      });
      expect(played).toBe(status);
    }
  });

  test('is killed where the user stops it', () => {
    const stopped = outcome((it) => {
      it.asked({ type: 'request', command: 'continue' });
      it.asked({ type: 'request', command: 'terminate' });
      it.told(exited(1));
    });
    expect(stopped).toBe('KILLED');
    expect(outcome((it) => it.asked(disconnect))).toBe('KILLED');
  });

  test('has failed where nothing is said of its end', () => {
    expect(outcome((it) => it.told(terminated))).toBe('FAILED');
    expect(outcome((it) => it.told(undefined))).toBe('FAILED');
  });
});
