import { readSubfolders } from '../../../files/read.ts';
import { type Dating, datesOf } from './dating.ts';
import { type Scanned, type ScanTask, scan, transferablesOf } from './scan.ts';

/** What a thread is asked to do: to read runs, to look how old folders are, to list the folders in one. */
export type Task = { readonly scan: ScanTask } | { readonly dating: Dating } | { readonly listing: string };

/** What came out, and what of it is moved to another thread, not copied. */
export interface Outcome {
  readonly result: Scanned | Float64Array | readonly string[] | undefined;
  readonly transferables: ArrayBuffer[];
}

export function perform(task: Task): Outcome {
  if ('listing' in task) return { result: list(task.listing), transferables: [] };
  if ('dating' in task) {
    const dates = datesOf(task.dating);
    return { result: dates, transferables: [dates.buffer as ArrayBuffer] };
  }
  const scanned = scan(task.scan);
  return { result: scanned, transferables: transferablesOf(scanned) };
}

/** `undefined` where the system does not show them: whoever asked sees why when he looks himself. */
function list(folder: string): readonly string[] | undefined {
  try {
    return readSubfolders(folder);
  } catch {
    return undefined;
  }
}
