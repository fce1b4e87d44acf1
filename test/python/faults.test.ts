import { describe, expect, test } from 'vitest';
import { askPython } from '../faults/askPython.ts';
import { buildCli } from '../faults/builtServer.ts';
import { killServers } from '../faults/kill.ts';
import { writeWithPython } from '../faults/pythonWriters.ts';
import { hasPython } from './environments.ts';

/** Small counts of what `npm run faults` does with large ones. */
describe.runIf(hasPython())('nothing is lost', () => {
  test('of what Python programs and a server write to one run, and all of it can be read meanwhile', async () => {
    const { lost, broken, done } = await writeWithPython({ cli: await buildCli(), points: 200 });
    expect([...lost, ...broken]).toEqual([]);
    expect(done).toBeGreaterThan(800);
  });

  test('for MLflow, of a store whose server was killed', async () => {
    const { lost, broken } = await killServers({ cli: await buildCli(), cycles: 3, askOthers: askPython });
    expect([...lost, ...broken]).toEqual([]);
  });
});
