/** What several rounds measured. */
export type Samples = readonly number[];

export function median(samples: Samples): number {
  return percentile(samples, 50);
}

/** @param share in percent. @returns NaN of nothing. */
export function percentile(samples: Samples, share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((share / 100) * sorted.length))] ?? Number.NaN;
}

/** @returns how long it took, ms. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
