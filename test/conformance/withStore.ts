import { afterEach, beforeEach } from 'vitest';
import type { Open, Opened } from './openStore.ts';

/** Opens a store for each test of the suite. @returns the one of the running test */
export function withStore<T>(open: Open<T>): () => T {
  let opened: Opened<T> | undefined;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  return () => {
    if (!opened) throw new Error('the store is open during a test only');
    return opened.store;
  };
}
