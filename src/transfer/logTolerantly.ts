import { MlflowError } from '../entities/error.ts';
import type { Transfer } from './place.ts';

/**
 * Logs many things at once; where a server refuses them, key by key: others have other limits, and what one of them does
 * not take is noted, and keeps nothing else from being copied.
 */
export async function logTolerantly<T extends { readonly key: string }>(
  transfer: Transfer,
  items: readonly T[],
  log: (items: readonly T[]) => Promise<void>,
): Promise<void> {
  const isRefused = await refusal(() => log(items));
  if (isRefused === undefined) return;
  for (const [key, own] of Map.groupBy(items, (item) => item.key)) {
    transfer.signal?.throwIfAborted();
    const reason = await refusal(() => log(own));
    if (reason !== undefined) transfer.missing.push(`${key}: ${reason}`);
  }
}

/** Why the server does not take it. @throws whatever else happened */
async function refusal(log: () => Promise<void>): Promise<string | undefined> {
  try {
    await log();
    return undefined;
  } catch (error) {
    if (error instanceof MlflowError && error.code === 'INVALID_PARAMETER_VALUE') return error.message;
    throw error;
  }
}
