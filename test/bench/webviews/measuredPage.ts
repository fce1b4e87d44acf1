/**
 * The page's side of a measured webview: it stands in for VS Code, passes messages on to the thread that answers in place
 * of the extension, and takes the time of what happens.
 */

/** Begins something that takes time. @returns tells whether it is done, asked after every frame */
type Step = (argument: never) => () => boolean;

declare global {
  var measureStep: (name: string, argument: unknown) => Promise<number>;
  var answering: Promise<unknown>;
  var acquireVsCodeApi: () => unknown;
}

/** What takes longer has failed (ms). */
const PATIENCE = 60_000;

/** The thread that answers; none for a floor. */
const thread = document.body.dataset.answers ? new Worker(document.body.dataset.answers) : undefined;
thread?.addEventListener('message', ({ data }) => window.dispatchEvent(new MessageEvent('message', { data })));

globalThis.answering = new Promise((resolve) => {
  if (thread) thread.addEventListener('message', resolve, { once: true });
  else resolve(undefined);
});

let state: unknown;
globalThis.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => thread?.postMessage(message),
  getState: () => state,
  setState: (next: unknown) => {
    state = next;
  },
});

/** Tells the answering thread something that no extension would be told: what happens next to its runs. */
export function tellAnswers(command: unknown): void {
  thread?.postMessage({ kind: 'command', command });
}

/** Makes what is measured known by its name. */
export function defineSteps(steps: Readonly<Record<string, Step>>): void {
  globalThis.measureStep = async (name, argument) => {
    const step = steps[name];
    if (!step) throw new Error(`no step '${name}'`);
    const start = await nextFrame();
    await afterFrame();
    const isDone = step(argument as never);
    do {
      if (performance.now() > start + PATIENCE) throw new Error(`'${name}' never ends`);
      await nextFrame();
      await afterFrame();
    } while (!isDone());
    // The next frame begins when that one has been drawn.
    return (await nextFrame()) - start;
  };
}

/** @returns when the browser says that it began, ms */
function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** A task of its own: what a frame's callbacks began has come to its end. */
function afterFrame(): Promise<unknown> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  });
}
