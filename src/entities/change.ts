/** What changed in a store, as far as a view needs to know to read it again. */
export type Change =
  | { readonly kind: 'experiment'; readonly experimentId: string }
  | { readonly kind: 'run'; readonly experimentId: string; readonly runId: string }
  /** More runs of an experiment than are named one by one, or more of them are known now. */
  | { readonly kind: 'runs'; readonly experimentId: string }
  | { readonly kind: 'loggedModel'; readonly experimentId: string; readonly modelId: string }
  | { readonly kind: 'registeredModel'; readonly name: string }
  /** How the server finds changes by other programs (see `Watching`). */
  | { readonly kind: 'watching' };

/** Something in a store that could not be read; everything else is shown. */
export interface StoreProblem {
  /** Path relative to the store's root, `/` between segments. */
  readonly path: string;
  readonly message: string;
  readonly experimentId?: string | undefined;
  readonly runId?: string | undefined;
}

/** Ends a subscription. Calling it again does nothing. */
export interface Subscription {
  dispose(): void;
}
