/** One request of a script. `$name` in its path and body stands for what an earlier step has captured. */
export interface Step {
  /** How `intended.ts` and failures call it. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Text is sent as it is, everything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Variable → dotted path into the answer. */
  readonly capture?: Readonly<Record<string, string>>;
  /** The first major version of MLflow that has the endpoint; 2 when absent. */
  readonly since?: 3;
}

interface Options {
  readonly capture?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly since?: 3;
}

/** Collects the steps of a script; paths without a leading slash are below `/api/2.0/mlflow/`. */
export class Script {
  readonly steps: Step[] = [];
  readonly #since: 3 | undefined;

  constructor(options: { readonly since?: 3 } = {}) {
    this.#since = options.since;
  }

  get(path: string, options?: Options): void {
    this.#add('GET', path, undefined, options);
  }

  post(path: string, body: unknown, options?: Options): void {
    this.#add('POST', path, body, options);
  }

  call(method: string, path: string, body?: unknown, options?: Options): void {
    this.#add(method, path, body, options);
  }

  #add(method: string, path: string, body: unknown, options: Options = {}): void {
    const shown = body === undefined ? '' : ` ${typeof body === 'string' ? body : JSON.stringify(body)}`;
    const plain = `${method} ${path}${shown.length > 300 ? `${shown.slice(0, 300)}…` : shown}`;
    const before = this.steps.filter(({ name }) => name === plain || name.startsWith(`${plain} #`)).length;
    this.steps.push({
      name: before === 0 ? plain : `${plain} #${before + 1}`,
      method,
      path: path.startsWith('/') ? path : `/api/2.0/mlflow/${path}`,
      body,
      ...(this.#since && { since: this.#since }),
      ...options,
    });
  }
}
