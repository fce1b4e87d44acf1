import { spawn } from 'node:child_process';
import { connect } from '../client/connect.ts';
import { endContainer } from '../runner/environment/dockerEnvironment.ts';
import { endProcesses } from '../runner/process.ts';

/** Sees to the end of a run where the process that runs it is killed without a word. */
export interface Watch {
  /** @param pid process group of the command */
  begin(pid: number, runId: string): void;
  /** All has ended as it should. */
  end(): void;
}

/** Starts `mlflow-workbench watch-run` in the background, which reads from us until we end. */
export function startWatch(): Watch {
  const [, program = ''] = process.argv;
  const args = [...process.execArgv, program, 'watch-run'];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  // Without it, everything else goes on.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  return {
    begin: (pid, runId) => void child.stdin.write(`${pid} ${runId}\n`),
    end: () => void child.stdin.end('done\n'),
  };
}

/** `mlflow-workbench watch-run`: ends the command and the run that its input names, unless the input says that all is done. */
export async function watchRunCommand(): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  let said = '';
  for await (const chunk of process.stdin) said += String(chunk);
  const [, pid, runId] = /^(\d+) (\S+)$/m.exec(said) ?? [];
  if (pid === undefined || runId === undefined || /^done$/m.test(said)) return 0;
  await endProcesses(Number(pid));
  const { tracking } = connect(process.env.MLFLOW_TRACKING_URI ?? '', {
    token: process.env.MLFLOW_TRACKING_TOKEN || undefined,
  });
  const { info, data } = await tracking.getRun(runId);
  if (data.tags.get('mlflow.project.env') === 'docker') endContainer(runId);
  if (info.status === 'RUNNING') await tracking.updateRun(runId, { status: 'KILLED', endTime: Date.now() });
  return 0;
}
