import type { CommandContext } from './command.ts';

/** Lists the deleted runs, to be looked at and restored, instead of the others. */
export function showDeletedRuns({ experiments }: CommandContext): void {
  experiments.list({ ...experiments.listing, deleted: true });
}
