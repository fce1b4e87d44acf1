import { metricMarkdown } from '../../views/chat/metricMarkdown.ts';
import { failureMarkdown, runMarkdown, runsMarkdown } from '../../views/chat/runsMarkdown.ts';
import type { Connections } from '../services/connections.ts';
import { findRun, findRuns } from './findRuns.ts';
import { outputTail } from './outputTail.ts';

/** Runs that a language model is told of at once. */
const MOST = 50;
/** Points of a curve that are read for it. */
const POINTS = 200;

/** What a language model can ask, by the name of the tool: Markdown for an input that the manifest's schema has checked. */
export const TOOLS: Readonly<
  Record<string, (connections: Connections, input: Readonly<Record<string, unknown>>) => Promise<string>>
> = {
  async mlflow_search_runs(connections, { filter, experiment, orderBy, maxResults }) {
    const wanted = typeof maxResults === 'number' ? Math.max(1, Math.min(MOST, Math.floor(maxResults))) : 20;
    const found = await findRuns(connections, {
      filter: text(filter),
      experiment: text(experiment),
      orderBy: text(orderBy),
      maxResults: wanted,
    });
    return runsMarkdown(found.map(({ run }) => run));
  },

  async mlflow_compare_runs(connections, { runs }) {
    const found = await Promise.all(texts(runs).map((name) => findRun(connections, name)));
    return runsMarkdown(found.map(({ run }) => run));
  },

  async mlflow_metric_statistics(connections, { metric, runs }) {
    const key = text(metric) ?? '';
    const series = texts(runs).map(async (name) => {
      const { connection, run } = await findRun(connections, name);
      return { run, points: await connection.getMetricSeries(run.info.runId, key, { limit: POINTS }) };
    });
    return metricMarkdown(key, await Promise.all(series));
  },

  async mlflow_explain_run(connections, { run: name }) {
    const failed = { filter: "attributes.status = 'FAILED'", maxResults: 1 };
    const wanted = text(name);
    const found = wanted === undefined ? (await findRuns(connections, failed))[0] : await findRun(connections, wanted);
    if (!found) return 'No run has failed.\n';
    const isOver = found.run.info.status === 'FAILED' || found.run.info.status === 'KILLED';
    return isOver ? failureMarkdown(found.run, await outputTail(found)) : runMarkdown(found.run);
  },
};

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string').slice(0, MOST) : [];
}
