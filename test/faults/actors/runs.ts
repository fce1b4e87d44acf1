import { sorted } from '../compare.ts';
import type { Shown, Stores } from '../stores.ts';
import type { Play } from './actor.ts';
import type { Random } from './random.ts';

type RunState = { readonly status: string; readonly stage: string; readonly tags: Readonly<Record<string, string>> };
type Runs = Readonly<Record<string, RunState>>;

/** Makes, ends, deletes, restores and purges runs of an experiment of its own. */
export async function runsPlay(name: string, stores: Stores, random: Random): Promise<Play> {
  const experimentId = await stores.tracking.createExperiment({ name });
  let count = 0;

  async function find({ tracking }: Stores) {
    return (await tracking.searchRuns({ experimentIds: [experimentId], viewType: 'ALL' })).items;
  }

  async function idOf(from: Stores, runName: string): Promise<string> {
    const found = (await find(from)).find(({ info }) => info.runName === runName);
    if (!found) throw new Error(`there is no run ${runName}`);
    return found.info.runId;
  }

  return {
    name,

    async read(from) {
      return sorted(
        (await find(from)).map(({ info, data }) => [
          info.runName,
          { status: info.status, stage: info.lifecycleStage, tags: sorted(data.tags) },
        ]),
      );
    },

    next(now) {
      const runs = now as Runs;
      const names = Object.keys(runs);
      const active = names.filter((runName) => runs[runName]?.stage === 'active');
      const changed = (runName: string, change: Partial<RunState>) =>
        sorted(Object.entries({ ...runs, [runName]: { ...(runs[runName] as RunState), ...change } })) as Shown;
      const kind = random.below(5);
      if (kind === 0 || active.length === 0) {
        const runName = `${name}-${String(count++).padStart(4, '0')}`;
        const tags = new Map([
          ['a', '1'],
          ['b/c', '2'],
        ]);
        const state = { status: 'RUNNING', stage: 'active', tags: sorted([...tags, ['mlflow.runName', runName]]) };
        return {
          name: 'create-run',
          after: sorted(Object.entries({ ...runs, [runName]: state })) as Shown,
          run: ({ tracking }) => tracking.createRun({ experimentId, runName, tags }),
        };
      }
      const deleted = names.filter((runName) => runs[runName]?.stage === 'deleted');
      if (kind === 1 && deleted.length > 0) {
        const runName = random.pick(deleted);
        return {
          name: 'restore-run',
          after: changed(runName, { stage: 'active' }),
          run: async (to) => to.tracking.restoreRun(await idOf(to, runName)),
        };
      }
      if (kind === 4 && deleted.length > 0) {
        const runName = random.pick(deleted);
        const { [runName]: _, ...others } = runs;
        return {
          name: 'purge-run',
          after: sorted(Object.entries(others)) as Shown,
          run: async (to) => to.tracking.purgeRun(await idOf(to, runName)),
        };
      }
      const runName = random.pick(active);
      if (kind === 2) {
        return {
          name: 'delete-run',
          after: changed(runName, { stage: 'deleted' }),
          run: async (to) => to.tracking.deleteRun(await idOf(to, runName)),
        };
      }
      const status = random.pick(['FINISHED', 'FAILED', 'RUNNING'] as const);
      return {
        name: 'update-run',
        after: changed(runName, { status }),
        run: async (to) => to.tracking.updateRun(await idOf(to, runName), { status, endTime: 1, runName }),
      };
    },
  };
}
