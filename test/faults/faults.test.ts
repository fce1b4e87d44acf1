import { beforeAll, describe, expect, test } from 'vitest';
import { breakRuns } from './brokenRuns.ts';
import { buildCli } from './builtServer.ts';
import { jumpClocks } from './clock.ts';
import { fillDisk } from './fullDisk.ts';
import { killServers } from './kill.ts';
import { killPurges } from './killPurges.ts';
import { followLinks } from './links.ts';
import { whyNoDisk } from './memoryDisk.ts';
import { OPERATIONS } from './operations.ts';
import { serveReadOnly } from './readOnly.ts';
import type { FaultRow } from './row.ts';
import { sweepFaults } from './sweep.ts';
import { openWindows } from './windows.ts';

/** Small counts of what `npm run faults` does with large ones. */
const LIMIT = 120_000;

function expectNothingLost({ lost, broken, done }: FaultRow, least: number): void {
  expect([...lost, ...broken]).toEqual([]);
  expect(done).toBeGreaterThanOrEqual(least);
}

test(
  'a system call that fails leaves things as before or after, tells why, and everything goes on',
  async () => {
    expectNothingLost(await sweepFaults({ stride: 16 }), 200);
  },
  LIMIT,
);

test(
  'a run whose meta file the system does not show is not told to be missing',
  async () => {
    const operations = OPERATIONS.filter(({ name }) => name === 'restore-run' || name === 'log-inputs');
    expectNothingLost(await sweepFaults({ operations }), 100);
  },
  LIMIT,
);

test(
  'broken files hide only themselves, however they are read',
  async () => {
    expectNothingLost(await breakRuns({ runs: 150 }), 150);
  },
  LIMIT,
);

test(
  'clocks that jump hide no change',
  async () => {
    expectNothingLost(await jumpClocks({ rounds: 1, alsoEnded: false }), 24);
  },
  LIMIT,
);

// Signals and links of a POSIX system.
describe.skipIf(process.platform === 'win32')('a server', () => {
  let cli: string;
  beforeAll(async () => {
    cli = await buildCli();
  });

  test(
    'that is killed loses nothing',
    async () => {
      expectNothingLost(await killServers({ cli, cycles: 8 }), 8);
    },
    LIMIT,
  );

  test(
    'that is killed while it deletes for good leaves nothing half there',
    async () => {
      expectNothingLost(await killPurges({ cli, rounds: 4 }), 4);
    },
    LIMIT,
  );

  test(
    'is found by all windows of a folder',
    async () => {
      expectNothingLost(await openWindows({ cli, rounds: 2 }), 2);
    },
    LIMIT,
  );

  test(
    'follows links',
    async () => {
      expectNothingLost(await followLinks({ cli }), 50);
    },
    LIMIT,
  );

  describe.skipIf(whyNoDisk() !== undefined)('on a disk of its own', () => {
    test(
      'survives that it is full, and goes on when there is space',
      async () => {
        expectNothingLost(await fillDisk({ cli, time: 1_000 }), 1);
      },
      LIMIT,
    );

    test(
      'can be browsed where nothing can be written',
      async () => {
        expectNothingLost(await serveReadOnly({ cli }), 100);
      },
      LIMIT,
    );
  });
});
