import { sorted } from '../compare.ts';
import type { Shown, Stores } from '../stores.ts';
import type { Play } from './actor.ts';
import type { Random } from './random.ts';

type Model = {
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
};
type State = {
  readonly models: Readonly<Record<string, Model>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
};

/** Makes, changes and deletes logged models of an experiment of its own, and links them and datasets to a run. */
export async function loggedModelsPlay(name: string, stores: Stores, random: Random): Promise<Play> {
  const experimentId = await stores.tracking.createExperiment({ name });
  const { runId } = (await stores.tracking.createRun({ experimentId, runName: 'linked' })).info;
  const { modelId: linked } = await stores.tracking.createLoggedModel({ experimentId, name: 'linked' });
  let count = 0;

  const find = async ({ tracking }: Stores) =>
    (await tracking.searchLoggedModels({ experimentIds: [experimentId], maxResults: 1_000 })).items.filter(
      (model) => model.name !== 'linked',
    );
  async function idOf(from: Stores, modelName: string): Promise<string> {
    const found = (await find(from)).find((model) => model.name === modelName);
    if (!found) throw new Error(`there is no model ${modelName}`);
    return found.modelId;
  }

  return {
    name,

    async read(from) {
      const { datasetInputs, modelInputs, modelOutputs } = await from.tracking.getRun(runId);
      return {
        models: sorted(
          (await find(from)).map(({ name: found, status, tags, params }) => [
            found,
            { status, tags: sorted(tags), params: sorted(params) },
          ]),
        ),
        inputs: [...datasetInputs.map(({ dataset }) => dataset.name), ...modelInputs.map(() => 'model')].sort(),
        outputs: modelOutputs.map(({ step }) => String(step)),
      };
    },

    next(now) {
      const state = now as unknown as State;
      const names = Object.keys(state.models);
      const put = (models: State['models']) =>
        ({ ...state, models: sorted(Object.entries(models)) }) as unknown as Shown;
      const kind = names.length === 0 ? 0 : random.below(8);
      if (kind === 0) {
        const created = `${name}-${String(count++).padStart(4, '0')}`;
        const pairs = new Map([
          ['x', '1'],
          ['y/z', '2'],
        ]);
        const model = { status: 'LOGGED_MODEL_PENDING', tags: sorted(pairs), params: sorted(pairs) } as Model;
        return {
          name: 'create-logged-model',
          after: put({ ...state.models, [created]: model }),
          run: ({ tracking }) =>
            tracking.createLoggedModel({ experimentId, name: created, params: pairs, tags: pairs }),
        };
      }
      const chosen = random.pick(names);
      const model = state.models[chosen] as Model;
      const change = (changed: Partial<Model>) => put({ ...state.models, [chosen]: { ...model, ...changed } });
      if (kind === 1) {
        return {
          name: 'finalize-logged-model',
          after: change({ status: 'LOGGED_MODEL_READY' }),
          run: async (to) => to.tracking.finalizeLoggedModel(await idOf(to, chosen), 'LOGGED_MODEL_READY'),
        };
      }
      if (kind === 2 && names.length > 3) {
        const { [chosen]: _, ...others } = state.models;
        return {
          name: 'delete-logged-model',
          after: put(others),
          run: async (to) => to.tracking.deleteLoggedModel(await idOf(to, chosen)),
        };
      }
      if (kind === 3) {
        const tags = [{ key: 'x', value: String(count++) }];
        return {
          name: 'set-logged-model-tags',
          after: change({
            tags: sorted([...Object.entries({ ...model.tags, x: tags[0]?.value ?? '' })]) as Model['tags'],
          }),
          run: async (to) => to.tracking.setLoggedModelTags(await idOf(to, chosen), tags),
        };
      }
      if (kind === 4 && model.tags.x !== undefined) {
        const { x: _, ...tags } = model.tags;
        return {
          name: 'delete-logged-model-tag',
          after: change({ tags }),
          run: async (to) => to.tracking.deleteLoggedModelTag(await idOf(to, chosen), 'x'),
        };
      }
      if (kind === 5) {
        const params = new Map([[`p${String(count++).padStart(4, '0')}`, 'v']]);
        return {
          name: 'log-logged-model-params',
          after: change({ params: sorted([...Object.entries(model.params), ...params]) as Model['params'] }),
          run: async (to) => to.tracking.logLoggedModelParams(await idOf(to, chosen), params),
        };
      }
      if (kind === 6) {
        const dataset = `d${String(count++).padStart(4, '0')}`;
        const fields = { name: dataset, digest: '1', sourceType: 'local', source: 's' };
        return {
          name: 'log-inputs',
          after: { ...state, inputs: [...state.inputs, dataset].sort() } as unknown as Shown,
          run: ({ tracking }) =>
            tracking.logInputs(
              runId,
              [{ dataset: { ...fields, schema: undefined, profile: undefined }, tags: new Map() }],
              [],
            ),
        };
      }
      const step = count++;
      return {
        name: 'log-outputs',
        after: { ...state, outputs: [String(step)] } as unknown as Shown,
        run: ({ tracking }) => tracking.logOutputs(runId, [{ modelId: linked, step }]),
      };
    },
  };
}
