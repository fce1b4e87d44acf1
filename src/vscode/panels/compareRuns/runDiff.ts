import { commands, type Uri, window } from 'vscode';
import type { Run } from '../../../entities/run.ts';
import type { DiffTarget } from '../../../views/compareRuns/comparison.ts';
import { artifactDocumentUri } from '../../services/artifactUri.ts';
import { showCommitDiff } from '../../services/commitDiff.ts';
import type { Connections, RunReference } from '../../services/connections.ts';
import { paramsDocumentUri } from '../../services/runDocuments.ts';
import { listArtifacts } from '../comparedArtifacts.ts';
import { connectionOfRun, readRuns } from '../runSource.ts';

/** Opens VS Code's diff editor on the baseline and another run, which is asked for where there are several. */
export async function openRunDiff(
  connections: Connections,
  references: readonly RunReference[],
  baselineId: string | undefined,
  diff: DiffTarget,
): Promise<void> {
  const runs = await readRuns(connections, references);
  const baseline = runs.find(({ info }) => info.runId === baselineId) ?? runs[0];
  const other = baseline && (await chooseOther(runs.filter((run) => run !== baseline)));
  if (!baseline || !other) return;
  const between = `${nameOf(baseline)} ↔ ${nameOf(other)}`;
  if (diff.kind === 'code') {
    const commits = [baseline, other].map(({ data }) => data.tags.get('mlflow.source.git.commit'));
    if (commits[0] === undefined || commits[1] === undefined)
      throw new Error('Not both runs know the commit of their code.');
    await showCommitDiff(`Code: ${between}`, commits[0], commits[1]);
    return;
  }
  const uriOf = (run: Run) => documentOf(connections, references, run, diff);
  const [left, right] = await Promise.all([uriOf(baseline), uriOf(other)]);
  const what = diff.kind === 'parameters' ? 'Parameters' : diff.path;
  await commands.executeCommand('vscode.diff', left, right, `${what}: ${between}`);
}

async function documentOf(
  connections: Connections,
  references: readonly RunReference[],
  run: Run,
  diff: Exclude<DiffTarget, { kind: 'code' }>,
): Promise<Uri> {
  const reference = references.find(({ runId }) => runId === run.info.runId);
  if (!reference) throw new Error(`Run ${run.info.runId} is not among those that are compared.`);
  const title = nameOf(run);
  if (diff.kind === 'parameters') return paramsDocumentUri({ ...reference, title });
  const connection = connectionOfRun(connections, references, run.info.runId);
  const place = (await listArtifacts(connection, run)).get(diff.path);
  if (!place) throw new Error(`Run ${title} has no artifact '${diff.path}' any more.`);
  return artifactDocumentUri({ connectionId: reference.connectionId, root: place.root, path: place.path, title });
}

async function chooseOther(runs: readonly Run[]): Promise<Run | undefined> {
  if (runs.length < 2) return runs[0];
  const items = runs.map((run) => ({ label: nameOf(run), description: run.info.runId, run }));
  return (await window.showQuickPick(items, { title: 'Compare the baseline with' }))?.run;
}

function nameOf({ info }: Run): string {
  return info.runName || info.runId.slice(0, 8);
}
