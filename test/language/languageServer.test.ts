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

/** ms that a look at a document may take: more than a look takes, less than the parser would for any of these. */
const LIMIT = 1_000;

test('documents that are made to harm it are read or refused, and it goes on', async () => {
  const server = start();
  await server.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  await server.sendNotification('initialized', {});
  const waiting = new Map<string, (told: { diagnostics: unknown[] }) => void>();
  server.onNotification('textDocument/publishDiagnostics', (told: { uri: string; diagnostics: unknown[] }) => {
    waiting.get(told.uri)?.(told);
  });
  const letters = 'abcdefghij';
  const aliases = [...letters].map(
    (name, at) => `${name}: &${name} [${Array(9).fill(at ? `*${letters[at - 1]}` : 'x')}]`,
  );
  const hostile: Record<string, string> = {
    bomb: aliases.join('\n'),
    deep: `entry_points: ${'['.repeat(20_000)}`,
    long: `name: ${'x'.repeat(50_000_000)}`,
    lines: 'entry_points:\n'.repeat(15_000),
    wrong: '}: {\n'.repeat(20_000),
    words: `name: ${'a'.repeat(200_000)}`,
    spaces: `a${' '.repeat(200_000)}b`,
    digits: `entry_points: {main: {parameters: {x: {type: float, default: "${'9'.repeat(100_000)}x"}}, command: x}}`,
    braces: `entry_points: {main: {command: "${'{'.repeat(100_000)}"}}`,
  };
  for (const [name, text] of Object.entries(hostile)) {
    const uri = `untitled:${name}`;
    const textDocument = { uri };
    const told = new Promise<{ diagnostics: unknown[] }>((resolve) => waiting.set(uri, resolve));
    const start = performance.now();
    await server.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'mlproject', version: 1, text },
    });
    expect((await told).diagnostics.length).toBeLessThanOrEqual(100);
    for (const request of ['completion', 'hover', 'documentSymbol']) {
      await server.sendRequest(`textDocument/${request}`, { textDocument, position: { line: 0, character: 3 } });
    }
    // Sending 50 MB takes its time.
    if (name !== 'long') expect([name, performance.now() - start < LIMIT]).toEqual([name, true]);
    await server.sendNotification('textDocument/didClose', { textDocument });
  }
}, 60_000);
