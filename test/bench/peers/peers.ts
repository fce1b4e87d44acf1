import type { Bench } from '../bench.ts';
export async function measurePeers(_: Bench): Promise<void> {}
