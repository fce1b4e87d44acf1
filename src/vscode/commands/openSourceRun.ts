import { chosenVersion } from './chosenVersion.ts';
import type { CommandContext } from './command.ts';

/** Shows the run that a model version was made by. */
export async function openSourceRun(context: CommandContext, target: unknown): Promise<void> {
  const chosen = await chosenVersion(context, target, 'Go to Source Run');
  if (!chosen) return;
  const { connection, version } = chosen;
  if (!version.runId) throw new Error(`${version.name} v${version.version} was not registered from a run.`);
  const { info } = await connection.tracking.getRun(version.runId);
  const shown = await context.experiments.reveal({
    connectionId: connection.id,
    experimentId: info.experimentId,
    runId: info.runId,
  });
  if (!shown) throw new Error(`The run '${info.runName}' has been deleted.`);
}
