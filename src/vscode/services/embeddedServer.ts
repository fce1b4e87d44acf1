import { type Disposable, EventEmitter, type LogOutputChannel, type WorkspaceFolder, workspace } from 'vscode';
import { connect, type MlflowClient } from '../../client/connect.ts';
import type { Watching } from '../../entities/watching.ts';
import type { Connection } from './connections.ts';
import type { Program } from './program.ts';
import { attachArguments, parseAttachedServer, runProgram, stopArguments } from './serverProcess.ts';
import { chooseStore } from './storeLocation.ts';
import { watchHealth } from './watchHealth.ts';

export type ServerState =
  | { readonly kind: 'off' }
  /** By the user: nothing but the user starts it again. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly connection: Connection }
  | { readonly kind: 'failed'; readonly message: string };

export interface ServerEnvironment {
  readonly log: LogOutputChannel;
  /** `dist/cli.js` with arguments. */
  cli(args: readonly string[]): Program;
}

/**
 * The tracking server of one workspace folder. It is a process that outlives this window; starting means finding it or
 * starting it, and when it dies it is started again.
 */
export class EmbeddedServer implements Disposable {
  readonly folder: WorkspaceFolder;
  readonly #environment: ServerEnvironment;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeState = this.#changed.event;
  #state: ServerState = { kind: 'off' };
  #starting: Promise<Connection> | undefined;
  #open: Disposable | undefined;
  #store: string | undefined;
  #watching: Watching | undefined;

  constructor(folder: WorkspaceFolder, environment: ServerEnvironment) {
    this.folder = folder;
    this.#environment = environment;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** How the server finds what other programs change; `undefined` until it is known. */
  get watching(): Watching | undefined {
    return this.#watching;
  }

  get connection(): Connection | undefined {
    return this.#state.kind === 'running' ? this.#state.connection : undefined;
  }

  /** Resolves when the server answers. Calls during a start wait for the same one. */
  start(): Promise<Connection> {
    if (this.connection) return Promise.resolve(this.connection);
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  /** Ends the process, for all windows that use it. */
  async stop(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    this.#close();
    if (this.#store) await runProgram(this.#environment.cli(stopArguments(this.#store)));
    this.#enter({ kind: 'stopped' });
  }

  async restart(): Promise<Connection> {
    await this.stop();
    return this.start();
  }

  /** Lets go of the server; it ends by itself when nobody needs it. */
  dispose(): void {
    this.#close();
    this.#changed.dispose();
  }

  async #start(): Promise<Connection> {
    if (!workspace.isTrusted) throw new Error('The tracking server is not started in Restricted Mode.');
    this.#enter({ kind: 'starting' });
    try {
      const connection = await this.#attach();
      this.#enter({ kind: 'running', connection });
      return connection;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#environment.log.error(`The tracking server of ${this.folder.name} did not start: ${message}`);
      this.#enter({ kind: 'failed', message });
      throw error;
    }
  }

  async #attach(): Promise<Connection> {
    const { cli, log } = this.#environment;
    const store = (await chooseStore(this.folder)).folder;
    this.#store = store.fsPath;
    const port = workspace.getConfiguration('mlflow.server', this.folder).get('port', 5000);
    const tokenMode = workspace.getConfiguration('mlflow.server', this.folder).get('tokenMode', 'auto');
    const server = parseAttachedServer(await runProgram(cli(attachArguments(store.fsPath, { port, tokenMode }))));
    log.info(`Tracking server of ${store.fsPath}: ${server.url}, process ${server.pid}`);
    const client = connect(server.url, { token: server.token });
    const health = watchHealth(server.url, server.token, () => this.#lost());
    const watching = this.#followWatching(client);
    this.#open = {
      dispose() {
        health.dispose();
        watching.dispose();
        client.dispose();
      },
    };
    return {
      id: store.fsPath,
      label: `${this.folder.name} · ${store.path.split('/').at(-1)}`,
      url: server.url,
      token: server.token,
      tracking: client.tracking,
      registry: client.registry,
      artifacts: client.artifacts,
      onDidChange: (listener) => client.onDidChange(listener),
      problems: () => client.problems(),
      searchKnownRuns: (search) => client.searchKnownRuns(search),
      watching: () => client.watching(),
      getMetricSeries: (runId, key, query) => client.getMetricSeries(runId, key, query),
    };
  }

  #followWatching(client: MlflowClient): Disposable {
    const ask = async () => {
      const watching = await client.watching().catch(() => undefined); // gone: the next one will be asked
      if (JSON.stringify(watching) === JSON.stringify(this.#watching)) return;
      this.#watching = watching;
      if (watching?.mode === 'polling') {
        this.#environment.log.info(`Looking for changes in ${this.folder.name} every second: ${watching.reason}`);
      }
      this.#changed.fire();
    };
    void ask();
    return client.onDidChange((changes) => {
      if (changes.some(({ kind }) => kind === 'watching')) void ask();
    });
  }

  #lost(): void {
    this.#environment.log.warn(`The tracking server of ${this.folder.name} is gone: starting it again.`);
    this.#close();
    this.#enter({ kind: 'off' });
    this.start().catch(() => undefined); // told in the view and the log
  }

  #close(): void {
    this.#open?.dispose();
    this.#open = undefined;
    this.#watching = undefined;
  }

  #enter(state: ServerState): void {
    this.#state = state;
    this.#changed.fire();
  }
}
