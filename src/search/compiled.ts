import type { Compare } from './order.ts';

/** A search, ready to be asked about many entities. */
export interface CompiledSearch<T> {
  matches(item: T): boolean;
  readonly compare: Compare<T>;
}
