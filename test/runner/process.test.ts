import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { askTool, runProgram, runTool } from '../../src/runner/process.ts';
import { isRunning } from '../support/isRunning.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';

const signal = new AbortController().signal;

describe.skipIf(process.platform === 'win32')('a program', () => {
  test('ends with all that it has left behind', async () => {
    using folder = temporaryFolder();
    await runProgram(['bash', '-c', 'sleep 60 & echo $! > pid'], { cwd: folder.path, signal });
    await until(() => !isRunning(Number(folder.read('pid'))), 'the end of what was left behind');
  });

  test('has time to end when it is stopped, with what it has started', async () => {
    using folder = temporaryFolder();
    const abort = new AbortController();
    const child = `bash -c 'trap "sleep 0.3; echo saved > state; exit" TERM; echo ready > ready; while :; do sleep 0.05; done'`;
    const running = runProgram(['bash', '-c', `${child}; true`], { cwd: folder.path, signal: abort.signal });
    await until(() => fs.existsSync(folder.join('ready')), 'the child');
    abort.abort();
    expect((await running).stopped).toBe(true);
    expect(folder.read('state')).toBe('saved\n');
  });

  test('that a signal has ended has the exit code of shells', async () => {
    expect(await runProgram(['bash', '-c', 'kill -9 $$'], { cwd: '/', signal })).toEqual({ code: 137, stopped: false });
  });

  test('is given what it shall read', async () => {
    expect(await askTool(['cat'], { cwd: '/', signal, input: 'some text' })).toBe('some text');
  });

  test('of the tools that fails is told with the line that says why', async () => {
    const failing = runTool(['bash', '-c', 'echo fine >&2; echo "ERROR: no space" >&2; echo more >&2; exit 3'], {
      cwd: '/',
      signal,
    });
    await expect(failing).rejects.toThrow('ended with exit code 3: ERROR: no space');
  });
});
