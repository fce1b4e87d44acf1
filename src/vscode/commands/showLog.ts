import type { CommandContext } from './command.ts';

export function showLog({ log }: CommandContext): void {
  log.show();
}
