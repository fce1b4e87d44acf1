import { type ChildProcess, spawn } from 'node:child_process';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Told {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: unknown[];
}

/** A language server in a process of its own, and an editor with one document. */
export class LspProcess {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #uri: string;
  #version = 1;
  #told: ((diagnostics: unknown[]) => void) | undefined;

  private constructor(child: ChildProcess, connection: MessageConnection, uri: string) {
    this.#child = child;
    this.#connection = connection;
    this.#uri = uri;
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, version, diagnostics }: Told) => {
      // What is told of an earlier version is no answer; some servers do not say which one they mean.
      const isCurrent = version === undefined || version === this.#version;
      if (uri === this.#uri && isCurrent) this.#told?.(diagnostics);
    });
  }

  /** @param settings answers `workspace/configuration` by section */
  static async start(
    args: readonly string[],
    uri: string,
    settings: Readonly<Record<string, unknown>>,
  ): Promise<LspProcess> {
    const child = spawn(process.execPath, [...args, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map(({ section }) => settings[section] ?? null),
    );
    const server = new LspProcess(child, connection, uri);
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
    });
    await connection.sendNotification('initialized', {});
    return server;
  }

  open(languageId: string, text: string): Promise<number> {
    return this.#untilTold(() => {
      const textDocument = { uri: this.#uri, languageId, version: this.#version, text };
      return this.#connection.sendNotification('textDocument/didOpen', { textDocument });
    });
  }

  /** Types a text at a place. @returns ms until the problems are told */
  type(position: Position, text: string): Promise<number> {
    return this.#untilTold(() => {
      this.#version += 1;
      return this.#connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: this.#uri, version: this.#version },
        contentChanges: [{ range: { start: position, end: position }, text }],
      });
    });
  }

  /** @returns ms until a request about a place is answered, with something */
  async ask(feature: 'completion' | 'hover', position: Position): Promise<number> {
    const start = performance.now();
    const answer = await this.#connection.sendRequest(`textDocument/${feature}`, {
      textDocument: { uri: this.#uri },
      position,
    });
    const time = performance.now() - start;
    const items = (answer as { items?: unknown[] } | null)?.items ?? answer;
    if (!items || (Array.isArray(items) && items.length === 0)) throw new Error(`${feature} has no answer`);
    return time;
  }

  end(): void {
    this.#connection.dispose();
    this.#child.kill();
  }

  async #untilTold(act: () => Promise<void>): Promise<number> {
    const told = new Promise<unknown[]>((resolve) => {
      this.#told = resolve;
    });
    const start = performance.now();
    await act();
    await told;
    return performance.now() - start;
  }
}
