import { type Dating, datesOf } from './dating.ts';
import { type Scanned, type ScanTask, scan, transferablesOf } from './scan.ts';

/** What a thread is asked to do. */
export type Task = { readonly scan: ScanTask } | { readonly dating: Dating };

/** What came out, and what of it is moved to another thread, not copied. */
export interface Outcome {
  readonly result: Scanned | Float64Array;
  readonly transferables: ArrayBuffer[];
}

export function perform(task: Task): Outcome {
  if ('dating' in task) {
    const dates = datesOf(task.dating);
    return { result: dates, transferables: [dates.buffer as ArrayBuffer] };
  }
  const scanned = scan(task.scan);
  return { result: scanned, transferables: transferablesOf(scanned) };
}
