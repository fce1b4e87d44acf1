import os from 'node:os';
import type { CommandContext } from './command.ts';

/** Lists the runs of the user alone, by the name that MLflow gives them: that of the system's user. */
export function showMyRuns({ experiments }: CommandContext): void {
  experiments.list({ ...experiments.listing, user: os.userInfo().username });
}
