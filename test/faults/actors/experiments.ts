import { sorted } from '../compare.ts';
import type { Shown, Stores } from '../stores.ts';
import type { Play } from './actor.ts';
import type { Random } from './random.ts';

type State = {
  readonly stage: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly runs: Readonly<Record<string, string>>;
};
type Experiments = Readonly<Record<string, State>>;

/** Makes, renames, tags, deletes, restores and purges experiments of its own, with runs in them. */
export async function experimentsPlay(name: string, random: Random): Promise<Play> {
  let count = 0;
  const newName = () => `${name}-${String(count++).padStart(4, '0')}`;

  async function idOf({ tracking }: Stores, experimentName: string): Promise<string> {
    const found = await tracking.getExperimentByName(experimentName);
    if (!found) throw new Error(`there is no experiment ${experimentName}`);
    return found.experimentId;
  }

  return {
    name,

    async read({ tracking }) {
      const { items } = await tracking.searchExperiments({ viewType: 'ALL', filter: `name LIKE '${name}-%'` });
      return sorted(
        await Promise.all(
          items.map(async ({ experimentId, name: found, lifecycleStage, tags }) => {
            const runs = (await tracking.searchRuns({ experimentIds: [experimentId], viewType: 'ALL' })).items;
            const stages = runs.map(({ info }) => [info.runName, info.lifecycleStage] as const);
            return [found, { stage: lifecycleStage, tags: sorted(tags), runs: sorted(stages) }] as const;
          }),
        ),
      );
    },

    next(now) {
      const all = now as Experiments;
      const names = Object.keys(all);
      const active = names.filter((found) => all[found]?.stage === 'active');
      const put = (found: string, state: State) => sorted(Object.entries({ ...all, [found]: state })) as Shown;
      const kind = random.below(7);
      if (kind === 0 || active.length === 0) {
        const created = newName();
        const tags = new Map([['team', 'red']]);
        return {
          name: 'create-experiment',
          after: put(created, { stage: 'active', tags: { team: 'red' }, runs: {} }),
          run: ({ tracking }) => tracking.createExperiment({ name: created, tags }),
        };
      }
      const deleted = names.filter((found) => all[found]?.stage === 'deleted');
      if (kind === 1 && deleted.length > 0) {
        const restored = random.pick(deleted);
        return {
          name: 'restore-experiment',
          after: put(restored, withStage(all[restored], 'active')),
          run: async (to) => to.tracking.restoreExperiment(await idOf(to, restored)),
        };
      }
      if (kind === 6 && deleted.length > 0) {
        const purged = random.pick(deleted);
        const { [purged]: _, ...others } = all;
        return {
          name: 'purge-experiment',
          after: sorted(Object.entries(others)) as Shown,
          run: async (to) => to.tracking.purgeExperiment(await idOf(to, purged)),
        };
      }
      const chosen = random.pick(active);
      const before = all[chosen] as State;
      if (kind === 2) {
        return {
          name: 'delete-experiment',
          after: put(chosen, withStage(before, 'deleted')),
          run: async (to) => to.tracking.deleteExperiment(await idOf(to, chosen)),
        };
      }
      if (kind === 3) {
        const renamed = newName();
        const { [chosen]: _, ...others } = all;
        return {
          name: 'rename-experiment',
          after: sorted(Object.entries({ ...others, [renamed]: before })) as Shown,
          run: async (to) => to.tracking.renameExperiment(await idOf(to, chosen), renamed),
        };
      }
      if (kind === 4) {
        const runName = `run-${String(count++).padStart(4, '0')}`;
        const runs = sorted(Object.entries({ ...before.runs, [runName]: 'active' })) as State['runs'];
        return {
          name: 'create-run',
          after: put(chosen, { ...before, runs }),
          run: async (to) => to.tracking.createRun({ experimentId: await idOf(to, chosen), runName }),
        };
      }
      const value = String(count++);
      return {
        name: 'set-experiment-tag',
        after: put(chosen, { ...before, tags: { team: value } }),
        run: async (to) => to.tracking.setExperimentTag(await idOf(to, chosen), { key: 'team', value }),
      };
    },
  };
}

/** All runs share the fate of their experiment. */
function withStage(state: State | undefined, stage: string): State {
  const { tags = {}, runs = {} } = state ?? {};
  return { stage, tags, runs: Object.fromEntries(Object.keys(runs).map((run) => [run, stage])) };
}
