import type { CommandContext } from './command.ts';

/** Reads both views again. */
export function refreshViews({ experiments, registeredModels }: CommandContext): void {
  experiments.refresh();
  registeredModels.refresh();
}
