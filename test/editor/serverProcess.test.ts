import { expect, test } from 'vitest';
import { attachArguments, parseAttachedServer, runProgram } from '../../src/vscode/services/serverProcess.ts';

const node = (script: string) => ({ command: process.execPath, args: ['-e', script], env: { GREETING: 'hello' } });

test('the server is read from the last line', () => {
  const line = JSON.stringify({ url: 'http://127.0.0.1:5000', port: 5000, pid: 42, store: '/s', started: true });
  expect(parseAttachedServer(`a note\n${line}\n`)).toEqual({ url: 'http://127.0.0.1:5000', pid: 42 });
});

test.each(['', 'ready', '{"url": 5}', '{"pid": 1}'])('an output of "%s" is a failure that shows it', (output) => {
  expect(() => parseAttachedServer(output)).toThrow(/did not say where it listens/);
});

test('the artifact root is a URI, also where the path has spaces', () => {
  expect(attachArguments('/tmp/my store', { port: 5000, tokenMode: 'auto' })).toContain('file:///tmp/my%20store');
});

test('a program gets its environment and gives its output', async () => {
  expect(await runProgram(node('process.stdout.write(process.env.GREETING)'))).toBe('hello');
});

test('a program that fails rejects with what it said', async () => {
  await expect(runProgram(node('console.error("disk full"); process.exit(3)'))).rejects.toThrow(/^disk full$/);
});
