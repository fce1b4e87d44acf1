import type { RunStatus } from '../../entities/run.ts';

/**
 * How a debugged program ended, from what the editor and the debugger say to each other (Debug Adapter Protocol): its
 * exit code where there was one, else whether the user had stopped it.
 */
export class DebugOutcome {
  #exitCode: number | undefined;
  #isOver = false;
  #isStopped = false;

  /** A message of the editor. */
  asked(message: unknown): void {
    const command = field(message, 'command');
    // The editor also disconnects from a program that has ended.
    if ((command === 'terminate' || command === 'disconnect') && !this.#isOver) this.#isStopped = true;
  }

  /** A message of the debugger. */
  told(message: unknown): void {
    const event = field(message, 'event');
    if (event === 'terminated') this.#isOver = true;
    if (event !== 'exited') return;
    this.#isOver = true;
    const code = field(field(message, 'body'), 'exitCode');
    if (typeof code === 'number') this.#exitCode ??= code;
  }

  get status(): RunStatus {
    if (this.#isStopped) return 'KILLED';
    return this.#exitCode === 0 ? 'FINISHED' : 'FAILED';
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
