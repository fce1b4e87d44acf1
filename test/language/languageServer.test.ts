import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

import { until } from '../support/until.ts';

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

describe('in a folder on disk', () => {
  let folder: string;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  const told = new Map<string, { code: string; severity: number }[]>();

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'language-server-'));
    told.clear();
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** A client that can do what VS Code can, with a project that is open in it. */
  async function openProject(text: string, rules: Record<string, string> = {}): Promise<MessageConnection> {
    const server = start();
    server.onRequest('client/registerCapability', () => null);
    server.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map(({ section }) => (section === 'mlflow.mlproject.rules' ? rules : null)),
    );
    server.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      told.set(uri, diagnostics);
    });
    const dynamicRegistration = true;
    await server.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uriOf(''),
      capabilities: {
        workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration } },
        textDocument: { formatting: { dynamicRegistration } },
      },
    });
    await server.sendNotification('initialized', {});
    const textDocument = { uri: uriOf('MLproject'), languageId: 'mlproject', version: 1, text };
    await server.sendNotification('textDocument/didOpen', { textDocument });
    return server;
  }
  const codesOf = (name: string) => told.get(uriOf(name))?.map(({ code }) => code);

  test('files that come and go change what is told, those of environments are checked, too', async () => {
    const server = await openProject('python_env: python_env.yaml\n');
    await until(() => codesOf('MLproject')?.join() === 'environment-file-missing', 'the missing file');
    fs.writeFileSync(path.join(folder, 'python_env.yaml'), 'python: 3.10\n');
    const changes = [{ uri: uriOf('python_env.yaml'), type: 1 }];
    await server.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await until(() => codesOf('python_env.yaml')?.join() === 'python-version', 'the wrong version');
    expect(codesOf('MLproject')).toEqual([]);
    await server.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf('MLproject') } });
    await until(() => codesOf('python_env.yaml')?.length === 0, 'the end of it');
  });

  test('an environment that is open in the editor is told about as it is there', async () => {
    fs.writeFileSync(path.join(folder, 'python_env.yaml'), 'python: "3.10"\n');
    const server = await openProject('python_env: python_env.yaml\n');
    const textDocument = { uri: uriOf('python_env.yaml'), languageId: 'yaml', version: 1, text: 'python: 3.1\n' };
    await server.sendNotification('textDocument/didOpen', { textDocument });
    await until(() => codesOf('python_env.yaml')?.join() === 'python-version', 'the wrong version');
    const place = { textDocument, position: { line: 1, character: 0 } };
    const items = await server.sendRequest<{ label: string }[]>('textDocument/completion', place);
    expect(items.map(({ label }) => label)).toEqual(['build_dependencies', 'dependencies']);
    const range = { start: { line: 0, character: 8 }, end: { line: 0, character: 8 } };
    const actions = await server.sendRequest('textDocument/codeAction', {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
    expect(actions).toMatchObject([{ title: 'Put it in quotes: "3.1"' }]);
    expect(await server.sendRequest('textDocument/hover', { textDocument, position: range.start })).toBeNull();
  });

  test('rules count as the configuration says', async () => {
    await openProject('author: me\nnamee: x\n', { 'unknown-key': 'off', 'misspelt-key': 'error' });
    await until(() => codesOf('MLproject')?.join() === 'misspelt-key', 'the one that is left');
    expect(told.get(uriOf('MLproject'))?.[0]?.severity).toBe(1);
  });

  test('every feature answers', async () => {
    const script = 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float)\n';
    fs.writeFileSync(path.join(folder, 'train.py'), script);
    const text =
      'entry_points:\n  main:\n    parameters: {lr: {type: float, default: 0.1}}\n    command: python train.py --lr {lr}\n';
    const server = await openProject(text);
    const textDocument = { uri: uriOf('MLproject') };
    const position = { line: 3, character: 36 };
    const whole = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
    const ask = <T>(feature: string, more: object = {}) =>
      server.sendRequest<T>(`textDocument/${feature}`, { textDocument, position, ...more });
    expect(await ask('definition')).toMatchObject([
      { targetUri: uriOf('MLproject') },
      { targetUri: uriOf('train.py') },
    ]);
    expect(await ask('references', { context: { includeDeclaration: false } })).toHaveLength(3);
    expect(await ask('documentHighlight')).toHaveLength(3);
    expect(await ask('prepareRename')).toMatchObject({ placeholder: 'lr' });
    const { changes } = await ask<{ changes: object }>('rename', { newName: 'rate' });
    expect(Object.keys(changes)).toEqual([uriOf('MLproject'), uriOf('train.py')]);
    await expect(ask('rename', { newName: '1' })).rejects.toThrow("'1' cannot be the name of a parameter");
    expect(await ask('documentLink')).toMatchObject([{ target: uriOf('train.py') }]);
    expect(await ask('foldingRange')).toHaveLength(2);
    expect(await ask('selectionRange', { positions: [position] })).toMatchObject([
      { parent: { range: expect.anything() } },
    ]);
    expect(await ask('semanticTokens/full')).toMatchObject({ data: { length: 15 } });
    expect(await ask('inlayHint', { range: whole })).toMatchObject([{ label: ' = 0.1' }]);
    expect(await ask('codeAction', { range: whole, context: { diagnostics: [] } })).toEqual([]);
    expect(await ask('formatting', { options: { tabSize: 2, insertSpaces: true } })).toEqual([]);
  });
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
