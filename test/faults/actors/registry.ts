import { sorted } from '../compare.ts';
import type { Shown } from '../stores.ts';
import type { Play } from './actor.ts';
import type { Random } from './random.ts';

type Version = {
  readonly stage: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
};
type Model = {
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly aliases: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, Version>>;
};
type Models = Readonly<Record<string, Model>>;

/** Makes, renames and deletes registered models of its own, with versions, stages, tags and aliases. */
export async function registryPlay(name: string, random: Random): Promise<Play> {
  let count = 0;
  /** Numbers of deleted versions are never used again. */
  const highest = new Map<string, number>();
  const newName = () => `${name}-${String(count++).padStart(4, '0')}`;

  return {
    name,

    async read({ registry }) {
      const { items } = await registry.searchRegisteredModels({ filter: `name LIKE '${name}-%'`, maxResults: 1_000 });
      return sorted(
        await Promise.all(
          items.map(async (model) => {
            const { items: versions } = await registry.searchModelVersions({ filter: `name = '${model.name}'` });
            const states = versions.map(
              ({ version, currentStage: stage, description, tags }) =>
                [version, { stage, description, tags: sorted(tags) }] as const,
            );
            const numbers = versions.map(({ version }) => Number(version));
            highest.set(model.name, Math.max(highest.get(model.name) ?? 0, ...numbers));
            const { description, tags, aliases } = model;
            const state = { description, tags: sorted(tags), aliases: sorted(aliases), versions: sorted(states) };
            return [model.name, state] as const;
          }),
        ),
      );
    },

    next(now) {
      const all = now as Models;
      const names = Object.keys(all);
      const put = (found: string, model: Model) => sorted(Object.entries({ ...all, [found]: model })) as Shown;
      const kind = names.length === 0 ? 0 : random.below(12);
      if (kind === 0) {
        const created = newName();
        return {
          name: 'create-registered-model',
          after: put(created, { description: 'd', tags: { k: 'v' }, aliases: {}, versions: {} }),
          run: ({ registry }) =>
            registry.createRegisteredModel({ name: created, description: 'd', tags: new Map([['k', 'v']]) }),
        };
      }
      const chosen = random.pick(names);
      const model = all[chosen] as Model;
      const { [chosen]: _, ...others } = all;
      const numbers = Object.keys(model.versions);
      if (kind === 1) {
        const renamed = newName();
        highest.set(renamed, highest.get(chosen) ?? 0);
        return {
          name: 'rename-registered-model',
          after: sorted(Object.entries({ ...others, [renamed]: model })) as Shown,
          run: ({ registry }) => registry.renameRegisteredModel(chosen, renamed),
        };
      }
      if (kind === 2 && names.length > 3) {
        return {
          name: 'delete-registered-model',
          after: others as Shown,
          run: ({ registry }) => registry.deleteRegisteredModel(chosen),
        };
      }
      if (kind === 3) {
        const description = String(count++);
        return {
          name: 'update-registered-model',
          after: put(chosen, { ...model, description }),
          run: ({ registry }) => registry.updateRegisteredModel(chosen, description),
        };
      }
      if (kind === 4) {
        const value = String(count++);
        return {
          name: 'set-registered-model-tag',
          after: put(chosen, { ...model, tags: { k: value } }),
          run: ({ registry }) => registry.setRegisteredModelTag(chosen, { key: 'k', value }),
        };
      }
      if (kind === 5 || numbers.length === 0) {
        const version = String((highest.get(chosen) ?? 0) + 1);
        const source = `s3://bucket/${version}`;
        const created = { stage: 'None', description: '', tags: { k: source } };
        const versions = sorted(Object.entries({ ...model.versions, [version]: created })) as Model['versions'];
        return {
          name: 'create-model-version',
          after: put(chosen, { ...model, versions }),
          async run({ registry }) {
            await registry.createModelVersion({ name: chosen, source, tags: new Map([['k', source]]) });
            highest.set(chosen, Number(version));
          },
        };
      }
      const number = random.pick(numbers);
      const version = model.versions[number] as Version;
      const putVersion = (changed: Version) =>
        put(chosen, { ...model, versions: { ...model.versions, [number]: changed } });
      if (kind === 6) {
        const alias = random.pick(['champion', 'challenger']);
        return {
          name: 'set-alias',
          after: put(chosen, {
            ...model,
            aliases: sorted([
              ...Object.entries(model.aliases).filter(([a]) => a !== alias),
              [alias, number],
            ]) as Model['aliases'],
          }),
          run: ({ registry }) => registry.setAlias(chosen, alias, number),
        };
      }
      if (kind === 7) {
        const { champion: __, ...aliases } = model.aliases;
        return {
          name: 'delete-alias',
          after: put(chosen, { ...model, aliases }),
          run: ({ registry }) => registry.deleteAlias(chosen, 'champion'),
        };
      }
      if (kind === 8) {
        const { [number]: __, ...versions } = model.versions;
        const aliases = Object.fromEntries(Object.entries(model.aliases).filter(([, target]) => target !== number));
        return {
          name: 'delete-model-version',
          after: put(chosen, { ...model, aliases, versions }),
          run: ({ registry }) => registry.deleteModelVersion(chosen, number),
        };
      }
      if (kind === 9) {
        const value = String(count++);
        return {
          name: 'set-model-version-tag',
          after: putVersion({ ...version, tags: { k: value } }),
          run: ({ registry }) => registry.setModelVersionTag(chosen, number, { key: 'k', value }),
        };
      }
      if (kind === 10) {
        const description = String(count++);
        return {
          name: 'update-model-version',
          after: putVersion({ ...version, description }),
          run: ({ registry }) => registry.updateModelVersion(chosen, number, description),
        };
      }
      const archived = Object.entries(model.versions).map(
        ([other, state]) => [other, state.stage === 'Production' ? { ...state, stage: 'Archived' } : state] as const,
      );
      const versions = { ...Object.fromEntries(archived), [number]: { ...version, stage: 'Production' } };
      return {
        name: 'transition-model-version-stage',
        after: put(chosen, { ...model, versions }),
        run: ({ registry }) => registry.transitionModelVersionStage(chosen, number, 'Production', true),
      };
    },
  };
}
