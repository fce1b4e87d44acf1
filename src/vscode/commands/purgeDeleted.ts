import { isRunReference } from '../services/connections.ts';
import { type DoomedOfConnection, purge } from '../services/purge.ts';
import { ExperimentNode } from '../trees/experimentNode.ts';
import { RunNode } from '../trees/runNode.ts';
import { clickedNodes, readReference } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Deletes deleted runs and experiments for good: what was clicked, what a page names, or what is selected in the view. */
export async function purgeDeleted(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  if (isRunReference(target)) {
    const { connection, run } = await readReference(context, target);
    await purge([{ connection, runs: [run], experiments: [] }]);
    return;
  }
  const clicked = clickedNodes(target, selection);
  const doomed = doomedOf(clicked.length > 0 ? clicked : context.experiments.selection);
  if (doomed.length === 0) {
    throw new Error('Select deleted runs or experiments in the Experiments view: Show Deleted Runs lists them.');
  }
  await purge(doomed);
}

function doomedOf(nodes: readonly unknown[]): readonly DoomedOfConnection[] {
  const deleted = nodes.filter((node) => (node instanceof RunNode || node instanceof ExperimentNode) && node.isDeleted);
  const experiments = new Set(deleted.filter((node) => node instanceof ExperimentNode));
  // The runs of an experiment go with it.
  const runs = deleted.filter((node) => node instanceof RunNode).filter((run) => !experiments.has(run.experiment));
  const connections = new Set([...runs, ...experiments].map(({ connection }) => connection));
  return [...connections].map((connection) => ({
    connection,
    runs: runs.filter((node) => node.connection === connection).map(({ run }) => run),
    experiments: [...experiments].filter((node) => node.connection === connection).map(({ experiment }) => experiment),
  }));
}
