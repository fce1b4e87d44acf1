/**
 * The numbers of the `wanted` smallest of `count` items, in order: a page of many thousands without sorting all of them.
 * @param compare the items of two numbers.
 */
export function smallest(count: number, wanted: number, compare: (a: number, b: number) => number): Uint32Array {
  if (4 * wanted >= count)
    return Uint32Array.from({ length: count }, (_, at) => at)
      .sort(compare)
      .subarray(0, wanted);
  // A heap of the smallest so far, the largest of them on top.
  const heap = new Uint32Array(wanted);
  for (let at = 0; at < wanted; at++) heap[at] = at;
  for (let at = (wanted >> 1) - 1; at >= 0; at--) sink(heap, at, compare);
  for (let at = wanted; at < count; at++) {
    if (compare(at, heap[0] ?? 0) >= 0) continue;
    heap[0] = at;
    sink(heap, 0, compare);
  }
  return heap.sort(compare);
}

function sink(heap: Uint32Array, from: number, compare: (a: number, b: number) => number): void {
  const item = heap[from] ?? 0;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    let value = heap[child] ?? 0;
    const right = heap[child + 1];
    if (right !== undefined && compare(right, value) > 0) {
      child += 1;
      value = right;
    }
    if (compare(value, item) <= 0) break;
    heap[at] = value;
    at = child;
  }
  heap[at] = item;
}
