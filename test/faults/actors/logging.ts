import type { Metric } from '../../../src/entities/metric.ts';
import { sorted } from '../compare.ts';
import type { Shown, Stores } from '../stores.ts';
import type { Play } from './actor.ts';
import type { Random } from './random.ts';

type Log = {
  readonly histories: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
};

/** Logs to a run of its own: single points, batches, params and tags. */
export async function loggingPlay(name: string, { tracking }: Stores, random: Random): Promise<Play> {
  const { info } = await tracking.createRun({ experimentId: '0', runName: name });
  const { runId } = info;
  let count = 0;
  const point = (key: string): Metric => ({ key, value: random.next(), timestamp: count, step: count++ });

  function withPoints(log: Log, metrics: readonly Metric[]): Log {
    const histories = { ...log.histories };
    for (const { key, value, step } of metrics) histories[key] = [...(histories[key] ?? []), [Number(step), value]];
    return { ...log, histories: sorted(Object.entries(histories)) as Log['histories'] };
  }

  const withText = (texts: Readonly<Record<string, string>>, pairs: readonly { key: string; value: string }[]) =>
    sorted(
      Object.entries({ ...texts, ...Object.fromEntries(pairs.map(({ key, value }) => [key, value])) }),
    ) as Log['tags'];

  return {
    name,

    async read({ tracking }) {
      const { data } = await tracking.getRun(runId);
      const histories = await Promise.all(
        [...data.metrics.keys()].map(async (key) => {
          const { items } = await tracking.getMetricHistory(runId, key);
          return [key, items.map(({ step, value }) => [Number(step), value])] as const;
        }),
      );
      return { histories: sorted(histories), params: sorted(data.params), tags: sorted(data.tags) };
    },

    next(now) {
      const log = now as Log;
      const kind = random.below(10);
      if (kind < 5) {
        const metrics = [point(`loss${random.below(4)}`)];
        const after = withPoints(log, metrics) as Shown;
        return { name: 'log-metric', after, run: ({ tracking }) => tracking.logBatch(runId, { metrics }) };
      }
      if (kind < 7) {
        const metrics = Array.from({ length: 40 }, () => point(`deep/m${random.below(3)}`));
        const params = [0, 1].map((at) => ({ key: `p${count}-${at}`, value: 'x'.repeat(random.below(50)) }));
        const tags = [{ key: 'in/batch', value: String(count) }];
        const logged = withPoints(log, metrics);
        const after = { ...logged, params: withText(log.params, params), tags: withText(log.tags, tags) } as Shown;
        return { name: 'log-batch', after, run: ({ tracking }) => tracking.logBatch(runId, { metrics, params, tags }) };
      }
      if (kind === 7) {
        const params = [{ key: `q${count++}`, value: String(random.next()) }];
        const after = { ...log, params: withText(log.params, params) } as Shown;
        return { name: 'log-param', after, run: ({ tracking }) => tracking.logBatch(runId, { params }) };
      }
      if (kind === 8 || log.tags.tag === undefined) {
        const tags = [{ key: 'tag', value: 'v'.repeat(random.below(2_000)) }];
        const after = { ...log, tags: withText(log.tags, tags) } as Shown;
        return { name: 'set-tag', after, run: ({ tracking }) => tracking.logBatch(runId, { tags }) };
      }
      const { tag: _, ...tags } = log.tags;
      return {
        name: 'delete-tag',
        after: { ...log, tags } as Shown,
        run: ({ tracking }) => tracking.deleteTag(runId, 'tag'),
      };
    },
  };
}
