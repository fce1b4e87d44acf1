/** Keeps this thread busy (ms). */
export function work(time: number): void {
  for (const end = performance.now() + time; performance.now() < end; );
}

/** Work of somebody else at each turn of the event loop (ms), until it is disposed of. */
export function othersWorking(time: number): Disposable {
  let isOver = false;
  const go = () => {
    if (isOver) return;
    work(time);
    setImmediate(go);
  };
  setImmediate(go);
  return {
    [Symbol.dispose]() {
      isOver = true;
    },
  };
}
