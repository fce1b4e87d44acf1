// `npm run faults`: every fault that a server must survive, with full counts; `--only word` for some of them, `--small` for
// the counts of the tests. Ends with 1 where anything was lost or broken.
import { parseArgs } from 'node:util';
import { hasPython } from '../python/environments.ts';
import { askPython } from './askPython.ts';
import { breakRuns } from './brokenRuns.ts';
import { buildCli } from './builtServer.ts';
import { jumpClocks } from './clock.ts';
import { fillDisk } from './fullDisk.ts';
import { killServers } from './kill.ts';
import { killPurges } from './killPurges.ts';
import { followLinks } from './links.ts';
import { writeWithPython } from './pythonWriters.ts';
import { serveReadOnly } from './readOnly.ts';
import type { FaultRow } from './row.ts';
import { sweepFaults } from './sweep.ts';
import { openWindows } from './windows.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    small: { type: 'boolean', default: false },
    kills: { type: 'string', default: '1000' },
  },
});
const { small } = values;
const cli = await buildCli();
const python = hasPython();
const kills = small ? 20 : Number(values.kills);

const ROWS: Readonly<Record<string, () => Promise<FaultRow>>> = {
  kill: () => killServers({ cli, cycles: kills, ...(python && { askOthers: askPython }) }),
  purges: () => killPurges({ cli, rounds: small ? 5 : 100 }),
  calls: () => sweepFaults({ stride: small ? 12 : 1 }),
  full: () => fillDisk({ cli, time: small ? 2_000 : 60_000 }),
  broken: () => breakRuns({ runs: small ? 300 : 10_000 }),
  clock: () => jumpClocks({ rounds: small ? 1 : 5, alsoEnded: !small }),
  ...(python && { python: () => writeWithPython({ cli, points: small ? 400 : 100_000 }) }),
  windows: () => openWindows({ cli, rounds: small ? 3 : 30 }),
  links: () => followLinks({ cli }),
  readonly: () => serveReadOnly({ cli }),
};

let isSound = true;
for (const [name, measure] of Object.entries(ROWS)) {
  if (!name.includes(values.only)) continue;
  const began = performance.now();
  const { fault, unit, done, lost, broken, target, notes } = await measure();
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  isSound &&= lost.length + broken.length === 0;
  console.log(`${name}: ${fault}`);
  console.log(`    ${done} ${unit}; ${lost.length} lost, ${broken.length} broken (target: ${target}); ${seconds} s`);
  if (notes) console.log(`    ${notes}`);
  for (const text of [...lost, ...broken].slice(0, 20)) console.log(`    ! ${text}`);
}
console.log(isSound ? 'Nothing lost.' : 'Something was lost or broken.');
process.exit(isSound ? 0 : 1);
