import type { Run } from '../../entities/run.ts';
import { loggedModelIds, recordedModels } from '../runModels.ts';

/** Metrics and parameters that the text for a chat lists. */
const LISTED = 100;

export function runUri({ info }: Run): string {
  return `runs:/${info.runId}`;
}

/** Python that loads the run, and its models where it has any. @param trackingUri where the server listens */
export function pythonSnippet(run: Run, trackingUri: string): string {
  const models = [
    ...loggedModelIds(run).map((id) => `models:/${id}`),
    ...recordedModels(run).map(({ path }) => `${runUri(run)}/${path}`),
  ];
  const lines = [
    'import mlflow',
    '',
    `mlflow.set_tracking_uri(${pythonText(trackingUri)})`,
    `run = mlflow.get_run(${pythonText(run.info.runId)})`,
    'print(run.data.params, run.data.metrics)',
    ...models.map((uri, at) => {
      const name = models.length === 1 ? 'model' : `model_${at + 1}`;
      return `${name} = mlflow.pyfunc.load_model(${pythonText(uri)})`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

/** A literal of Python. JSON's escapes are all Python's, too. */
function pythonText(text: string): string {
  return JSON.stringify(text);
}

/** The run as a Markdown document, to be pasted into a chat or an issue. */
export function runMarkdown(run: Run, experimentName: string): string {
  const { info, data } = run;
  const note = data.tags.get('mlflow.note.content');
  const commit = data.tags.get('mlflow.source.git.commit');
  const source = data.tags.get('mlflow.source.name');
  const tags = [...data.tags].filter(([key]) => !key.startsWith('mlflow.'));
  const facts = [
    `- Run ID: \`${info.runId}\``,
    `- Experiment: ${inline(experimentName)}`,
    `- Status: ${info.status}`,
    info.startTime === undefined ? '' : `- Started: ${new Date(info.startTime).toISOString()}`,
    source ? `- Source: ${inline(source)}` : '',
    commit ? `- Commit: \`${commit}\`` : '',
  ];
  return `${[
    `# Run ${inline(info.runName || info.runId)}`,
    facts.filter(Boolean).join('\n'),
    note ?? '',
    table('Parameters', [...data.params]),
    table(
      'Metrics',
      [...data.metrics.values()].map(({ key, value }) => [key, String(value)]),
    ),
    table('Tags', tags),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`;
}

function table(title: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  const sorted = rows.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.slice(0, LISTED).map(([key, value]) => `| ${cell(key)} | ${cell(value)} |`);
  const more = sorted.length > LISTED ? `\n\n${sorted.length - LISTED} more.` : '';
  return `## ${title}\n\n| name | value |\n| --- | --- |\n${lines.join('\n')}${more}`;
}

function cell(text: string): string {
  return inline(text).replaceAll('|', '\\|');
}

function inline(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(/\s*\n\s*/g, ' ');
}
