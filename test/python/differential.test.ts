import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../support/serverProcess.ts';
import { artifactScript } from './differential/artifacts.ts';
import { isSame } from './differential/compare.ts';
import { Conversation } from './differential/exchange.ts';
import { INTENDED } from './differential/intended.ts';
import { loggedModelScript } from './differential/loggedModels.ts';
import { type Names, normalize, value } from './differential/normalize.ts';
import { pageScript } from './differential/pages.ts';
import { type RealServer, startRealServer } from './differential/realServer.ts';
import { registryScript } from './differential/registry.ts';
import type { Step } from './differential/step.ts';
import { traceScript } from './differential/traces.ts';
import { SCRATCH, trackingScript } from './differential/tracking.ts';
import { hasPython, MLFLOW_VERSIONS, type MlflowVersion, runProgram } from './environments.ts';

interface State {
  readonly experiments: Record<string, unknown>;
}

const STEPS: readonly Step[] = [
  ...trackingScript(),
  ...registryScript(),
  ...artifactScript(),
  ...loggedModelScript(),
  ...traceScript(),
  ...pageScript(),
];

/** The same requests to MLflow's own server and to ours, both on a file store: the same answers, and the same state. */
describe.runIf(hasPython()).each(MLFLOW_VERSIONS)('beside the server of MLflow %s', (version: MlflowVersion) => {
  let folder: string;
  let real: RealServer;
  let ours: ServerProcess;
  let theirNames: Names;
  let ourNames: Names;
  const steps = STEPS.filter(({ since = 2 }) => Number(version.split('.')[0]) >= since);

  beforeAll(async () => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-differential-')));
    for (const side of ['theirs', 'ours']) fs.mkdirSync(path.join(folder, side));
    real = await startRealServer(version, path.join(folder, 'theirs'));
    ours = await startServer(path.join(folder, 'ours', 'store'));
  });

  afterAll(async () => {
    await real?.stop();
    await ours?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test(`${steps.length} requests get the same answers`, async () => {
    const [theirSide, ourSide] = [new Conversation(real.url), new Conversation(ours.url)];
    theirNames = { captured: theirSide.captured, root: path.join(folder, 'theirs') };
    ourNames = { captured: ourSide.captured, root: path.join(folder, 'ours') };
    // Each: the request, MLflow's answer, ours.
    const unexpected: string[] = [];
    const met = new Set<object>();
    for (const step of steps) {
      const theirs = normalize(await theirSide.send(step), theirNames);
      const answer = normalize(await ourSide.send(step), ourNames);
      if (isSame(step, theirs, answer, version === '2.22.5')) continue;
      const intended = INTENDED.find(
        (entry) => step.name.startsWith(entry.step) && (entry.version ?? version) === version,
      );
      if (intended) met.add(intended);
      else unexpected.push([step.name, JSON.stringify(theirs), JSON.stringify(answer)].join('\n'));
    }
    expect(unexpected).toEqual([]);
    const never = INTENDED.filter((entry) => (entry.version ?? version) === version && !met.has(entry));
    expect(never.map(({ step }) => step)).toEqual([]);
  });

  test('and leave the same behind, as MLflow reads it', async () => {
    await real.stop();
    await ours.stop();
    const environment = { MLFLOW_ALLOW_FILE_STORE: 'true' };
    const read = async (store: string) => {
      const state = (await runProgram(version, 'read_state.py', [store], { environment })) as State;
      delete state.experiments[SCRATCH];
      return state;
    };
    const theirs = value(await read(real.store), theirNames);
    const mine = value(await read(path.join(folder, 'ours', 'store')), ourNames);
    expect(mine).toEqual(theirs);
  });
});
