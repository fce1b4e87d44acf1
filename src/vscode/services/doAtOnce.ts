/** Does something with each item, with no more than `limit` under way at once. @throws what the first failure is */
export async function doAtOnce<T>(
  limit: number,
  items: readonly T[],
  work: (item: T, at: number) => Promise<void>,
): Promise<void> {
  const next = items.entries();
  const worker = async () => {
    for (const [at, item] of next) await work(item, at);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
