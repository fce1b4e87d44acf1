import type { Play } from './actors/actor.ts';
import { artifactsPlay } from './actors/artifacts.ts';
import { experimentsPlay } from './actors/experiments.ts';
import { loggedModelsPlay } from './actors/loggedModels.ts';
import { loggingPlay } from './actors/logging.ts';
import type { Random } from './actors/random.ts';
import { registryPlay } from './actors/registry.ts';
import { runsPlay } from './actors/runs.ts';
import { tracesPlay } from './actors/traces.ts';
import type { Stores } from './stores.ts';

/** Writers of every kind, some of each. */
export async function cast(stores: Stores, random: Random): Promise<readonly Play[]> {
  return Promise.all([
    ...['log1', 'log2', 'log3', 'log4', 'log5', 'log6'].map((name) => loggingPlay(name, stores, random)),
    ...['runs1', 'runs2'].map((name) => runsPlay(name, stores, random)),
    ...['experiments1', 'experiments2'].map((name) => experimentsPlay(name, random)),
    ...['registry1', 'registry2'].map((name) => registryPlay(name, random)),
    ...['traces1', 'traces2'].map((name) => tracesPlay(name, stores, random)),
    ...['models1', 'models2'].map((name) => loggedModelsPlay(name, stores, random)),
    ...['artifacts1', 'artifacts2'].map((name) => artifactsPlay(name, stores, random)),
  ]);
}
