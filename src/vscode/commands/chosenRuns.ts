import { type QuickPickItem, window } from 'vscode';
import type { Run } from '../../entities/run.ts';
import { runRow } from '../../views/tree/runRow.ts';
import { type Connection, isRunReference, type RunReference } from '../services/connections.ts';
import { doAtOnce } from '../services/doAtOnce.ts';
import { MetricNode, MetricsNode } from '../trees/runDetailNodes.ts';
import { RunNode } from '../trees/runNode.ts';
import type { CommandContext } from './command.ts';

/** A run and the server that it lives on. */
export interface ChosenRun {
  readonly connection: Connection;
  readonly run: Run;
}

/** Runs that a quick pick offers: the newest ones. */
const OFFERED = 200;

/**
 * The runs that a command is about: what was clicked, else what is selected in the view, else what the user picks.
 * Nodes below a run stand for the run; screens name runs by references.
 * @returns none when the user picks none.
 */
export async function chosenRuns(
  context: CommandContext,
  target: unknown,
  selection: unknown,
  title: string,
): Promise<readonly ChosenRun[]> {
  const references = referencesIn(target);
  if (references.length > 0) return readReferences(context, references);
  const clicked = clickedNodes(target, selection).flatMap((node) => runOf(node) ?? []);
  if (clicked.length > 0) return [...new Set(clicked)];
  const selected = context.experiments.selectedRuns();
  return selected.length > 0 ? selected : pickRuns(context, title);
}

/** What was clicked: the whole selection where the clicked node is part of it, as VS Code's own trees do. */
export function clickedNodes(target: unknown, selection: unknown): readonly unknown[] {
  if (Array.isArray(selection) && selection.includes(target)) return selection;
  return target === undefined ? [] : [target];
}

export function referenceOf({ connection, run }: ChosenRun): RunReference {
  const { experimentId, runId } = run.info;
  return { connectionId: connection.id, experimentId, runId };
}

/** What screens call a command with: a reference, several, or the context of a menu that holds them as its `runs`. */
function referencesIn(target: unknown): readonly RunReference[] {
  const held = typeof target === 'object' && target !== null && 'runs' in target ? target.runs : target;
  const references = Array.isArray(held) ? held : [held];
  return references.every(isRunReference) ? references : [];
}

/** Requests that are under way at once. */
const AT_ONCE = 20;

async function readReferences(
  context: CommandContext,
  references: readonly RunReference[],
): Promise<readonly ChosenRun[]> {
  const chosen: ChosenRun[] = [];
  await doAtOnce(AT_ONCE, references, async (reference, at) => {
    chosen[at] = await readReference(context, reference);
  });
  return chosen;
}

function runOf(node: unknown): RunNode | undefined {
  if (node instanceof RunNode) return node;
  if (node instanceof MetricsNode) return node.parent;
  return node instanceof MetricNode ? node.parent.parent : undefined;
}

/** @throws an Error where the run, or its server, is not there */
export async function readReference(
  { connections }: CommandContext,
  { connectionId, runId }: RunReference,
): Promise<ChosenRun> {
  const connection = connections.get(connectionId);
  if (!connection) throw new Error('The tracking server of this run is not running.');
  return { connection, run: await connection.tracking.getRun(runId) };
}

/** Lets the user pick among the newest runs of all servers. */
export async function pickRuns(context: CommandContext, title: string): Promise<readonly ChosenRun[]> {
  const runs = (await Promise.all(context.connections.all().map(newestRuns))).flat();
  if (runs.length === 0) throw new Error('There are no runs yet.');
  const items = runs.map((chosen): QuickPickItem & { chosen: ChosenRun } => {
    const { label, description } = runRow(chosen.run, Date.now());
    return { label, chosen, detail: chosen.run.info.runId, ...(description ? { description } : {}) };
  });
  const picked = await window.showQuickPick(items, { title, canPickMany: true, matchOnDescription: true });
  return picked?.map(({ chosen }) => chosen) ?? [];
}

async function newestRuns(connection: Connection): Promise<readonly ChosenRun[]> {
  const experiments = await connection.tracking.searchExperiments({ maxResults: OFFERED });
  const experimentIds = experiments.items.map(({ experimentId }) => experimentId);
  if (experimentIds.length === 0) return [];
  const orderBy = ['attributes.start_time DESC'];
  const runs = await connection.tracking.searchRuns({ experimentIds, maxResults: OFFERED, orderBy });
  return runs.items.map((run) => ({ connection, run }));
}
