import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const PROGRAM = path.join(import.meta.dirname, '../../src/languageServer.ts');

let child: ChildProcess | undefined;
let connection: MessageConnection | undefined;

afterEach(() => {
  connection?.dispose();
  child?.kill();
});

function start(): MessageConnection {
  const started = spawn(process.execPath, [PROGRAM, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  child = started;
  connection = createMessageConnection(new StreamMessageReader(started.stdout), new StreamMessageWriter(started.stdin));
  connection.listen();
  return connection;
}

test('the server process speaks LSP over stdio', async () => {
  const server = start();
  const { capabilities } = await server.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  expect(capabilities).toMatchObject({ hoverProvider: true, documentSymbolProvider: true });
  await server.sendNotification('initialized', {});

  const uri = 'untitled:MLproject';
  const published = new Promise<{ diagnostics: { code: string }[] }>((resolve) => {
    server.onNotification('textDocument/publishDiagnostics', resolve);
  });
  const text = 'entry_points:\n  main:\n    command: x {lr}\n    \n';
  await server.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'mlproject', version: 1, text },
  });
  expect((await published).diagnostics.map(({ code }) => code)).toEqual(['undeclared-parameter']);

  const items = await server.sendRequest<{ label: string }[]>('textDocument/completion', {
    textDocument: { uri },
    position: { line: 3, character: 4 },
  });
  expect(items.map(({ label }) => label)).toEqual(['parameters']);
  const hover = await server.sendRequest('textDocument/hover', {
    textDocument: { uri },
    position: { line: 2, character: 6 },
  });
  expect(JSON.stringify(hover)).toContain('shell command');
});
