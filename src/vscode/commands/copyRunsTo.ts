import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Connection } from '../services/connections.ts';
import { type CopyTarget, copyRuns } from '../services/copyRuns.ts';
import { experimentsOf } from './chosenExperiment.ts';
import { chosenRuns } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Copies runs into another experiment, of the same server or another. @param target may name the experiment, too: what runs were dropped on */
export async function copyRunsTo(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Copy to Another Experiment');
  if (runs.length === 0) return;
  const into = (await droppedOn(context, target)) ?? (await pickTarget(context));
  if (!into) return;
  await copyRuns(runs, into, (copy) => context.experiments.reveal(copy));
}

async function droppedOn({ connections }: CommandContext, target: unknown): Promise<CopyTarget | undefined> {
  if (typeof target !== 'object' || target === null || !('into' in target)) return undefined;
  const { into } = target;
  if (typeof into !== 'object' || into === null) return undefined;
  const { connectionId, experimentId } = into as { readonly connectionId?: unknown; readonly experimentId?: unknown };
  const connection = typeof connectionId === 'string' ? connections.get(connectionId) : undefined;
  if (!connection || typeof experimentId !== 'string') return undefined;
  return { connection, experiment: await connection.tracking.getExperiment(experimentId) };
}

type Item = QuickPickItem & { readonly choose?: () => Promise<CopyTarget | undefined> };

/** An experiment of any server, or a new one. */
async function pickTarget({ connections }: CommandContext): Promise<CopyTarget | undefined> {
  const groups = connections.all().map(async (connection): Promise<readonly Item[]> => {
    const experiments = await experimentsOf(connection);
    return [
      { label: connection.label, kind: QuickPickItemKind.Separator },
      ...experiments.map(
        (into): Item => ({ label: into.experiment.name, description: connection.label, choose: async () => into }),
      ),
      { label: '$(add) New Experiment…', description: connection.label, choose: () => newExperiment(connection) },
    ];
  });
  const items = (await Promise.all(groups)).flat();
  const options = { title: 'Copy to Another Experiment', placeHolder: 'Experiment', matchOnDescription: true };
  return (await window.showQuickPick(items, options))?.choose?.();
}

async function newExperiment(connection: Connection): Promise<CopyTarget | undefined> {
  const name = await window.showInputBox({
    title: `New Experiment in ${connection.label}`,
    prompt: 'Name',
    validateInput: (text) => (text.trim() === '' ? 'Enter a name.' : undefined),
  });
  if (name === undefined) return undefined;
  const experimentId = await connection.tracking.createExperiment({ name: name.trim() });
  return { connection, experiment: await connection.tracking.getExperiment(experimentId) };
}
