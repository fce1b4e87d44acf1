import { type Disposable, EventEmitter, type TextDocument, type Uri, type WorkspaceFolder, workspace } from 'vscode';
import type { Connection, Connections } from './connections.ts';
import { EmbeddedServer, type ServerEnvironment } from './embeddedServer.ts';
import { importsMlflow, usesMlflow } from './mlflowSigns.ts';

/** One server for each workspace folder on disk; the running ones are the window's connections. */
export class EmbeddedServers implements Connections, Disposable {
  readonly #environment: ServerEnvironment;
  readonly #servers = new Map<string, EmbeddedServer>();
  readonly #connectionsChanged = new EventEmitter<void>();
  readonly #stateChanged = new EventEmitter<void>();
  readonly onDidChange = this.#connectionsChanged.event;
  /** A server entered another state, or a folder came or went. */
  readonly onDidChangeState = this.#stateChanged.event;
  readonly #subscriptions: Disposable[];
  #known: readonly Connection[] = [];

  constructor(environment: ServerEnvironment) {
    this.#environment = environment;
    this.#subscriptions = [
      workspace.onDidChangeWorkspaceFolders((change) => {
        for (const folder of change.removed) this.#remove(folder);
        for (const folder of change.added) this.#add(folder);
        this.#publish();
        this.startUsed();
      }),
      workspace.onDidGrantWorkspaceTrust(() => this.startUsed()),
      workspace.onDidOpenTextDocument((document) => this.#startFor(document)),
      workspace.onDidSaveTextDocument((document) => this.#startFor(document)),
    ];
    for (const folder of workspace.workspaceFolders ?? []) this.#add(folder);
  }

  all(): readonly Connection[] {
    return this.servers().flatMap((server) => server.connection ?? []);
  }

  get(id: string): Connection | undefined {
    return this.all().find((connection) => connection.id === id);
  }

  servers(): readonly EmbeddedServer[] {
    return [...this.#servers.values()];
  }

  /** The server of the folder that a file lies in; also of a cell of a notebook. */
  of(uri: Uri): EmbeddedServer | undefined {
    const folder = workspace.getWorkspaceFolder(uri.with({ scheme: 'file' }));
    return folder && this.#servers.get(folder.uri.toString());
  }

  /** The server behind a connection. */
  behind(connection: Connection): EmbeddedServer | undefined {
    return this.servers().find((server) => server.connection?.id === connection.id);
  }

  /** Starts the servers of the folders that use MLflow. Failures are states, not rejections. */
  startUsed(): void {
    for (const server of this.servers()) {
      usesMlflow(server.folder).then(
        (used) => {
          if (used || workspace.textDocuments.some((it) => this.of(it.uri) === server && importsMlflow(it))) {
            this.#startQuietly(server);
          }
        },
        (error) => this.#environment.log.error(error),
      );
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const server of this.#servers.values()) server.dispose();
    this.#connectionsChanged.dispose();
    this.#stateChanged.dispose();
  }

  #startFor(document: TextDocument): void {
    const server = importsMlflow(document) ? this.of(document.uri) : undefined;
    if (server) this.#startQuietly(server);
  }

  #startQuietly(server: EmbeddedServer): void {
    const enabled = workspace.getConfiguration('mlflow.server', server.folder).get('enabled', true);
    if (workspace.isTrusted && enabled && server.state.kind === 'off') server.start().catch(() => undefined);
  }

  #add(folder: WorkspaceFolder): void {
    if (folder.uri.scheme !== 'file') return;
    const server = new EmbeddedServer(folder, this.#environment);
    server.onDidChangeState(() => this.#publish());
    this.#servers.set(folder.uri.toString(), server);
  }

  #remove(folder: WorkspaceFolder): void {
    this.#servers.get(folder.uri.toString())?.dispose();
    this.#servers.delete(folder.uri.toString());
  }

  #publish(): void {
    const connections = this.all();
    const changed =
      connections.length !== this.#known.length || connections.some((connection, i) => connection !== this.#known[i]);
    this.#known = connections;
    this.#stateChanged.fire();
    if (changed) this.#connectionsChanged.fire();
  }
}
