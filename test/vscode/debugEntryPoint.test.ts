import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MlflowClient } from '../../src/client/connect.ts';
import type { Run } from '../../src/entities/run.ts';
import { hasPython, pythonWith } from '../python/environments.ts';
import { notifications, pick, runCommand, terminalText } from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { serverOf } from './driver/serverOf.ts';
import { stopServer } from './driver/stopServer.ts';
import { clickCodeLens, codeLenses, openFile } from './driver/textEditor.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';
import { writeExtension } from './driver/writeExtension.ts';

const PROJECT = `name: wine
entry_points:
  main:
    parameters:
      note: {type: string, default: a b}
      code: {type: int, default: 0}
    command: "GREETING=hi python train.py {note} {code}"
  wait:
    command: "python wait.py"
  ask:
    parameters: {note: string}
    command: "python train.py {note} 0"
  both:
    command: "python train.py x 0 && python train.py y 0"
`;

const TRAIN = `import json, os, sys
names = ["GREETING", "MLFLOW_RUN_ID", "MLFLOW_TRACKING_URI", "MLFLOW_EXPERIMENT_ID"]
with open("seen.json", "w") as file:
    json.dump({"arguments": sys.argv[1:], "debugged": "debugpy" in sys.modules, **{name: os.environ.get(name) for name in names}}, file)
sys.exit(int(sys.argv[2]))
`;

/**
 * The extension Python Debugger cannot be had from a package registry, but what it wraps can: an extension of its name
 * offers the real debugger.
 */
function writeDebuggerExtension(folder: string, python: string): void {
  const debuggers = [{ type: 'debugpy', label: 'Python Debugger', program: './adapter.py', runtime: python }];
  writeExtension(folder, {
    name: 'debugpy',
    publisher: 'ms-python',
    manifest: { contributes: { debuggers } },
    files: {
      'adapter.py': 'import runpy\nrunpy.run_module("debugpy.adapter", run_name="__main__", alter_sys=True)\n',
    },
  });
}

describe.runIf(hasPython() && process.platform !== 'win32')('debugging an entry point', () => {
  let folder: string;
  let workspace: string;
  let editor: Editor;
  let client: MlflowClient;

  beforeAll(async () => {
    const python = pythonWith(path.join(import.meta.dirname, 'requirements-debugpy.txt'), 'debugpy');
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'debug-'));
    workspace = path.join(folder, 'wine');
    fs.mkdirSync(workspace);
    fs.writeFileSync(path.join(workspace, 'MLproject'), PROJECT);
    fs.writeFileSync(path.join(workspace, 'train.py'), TRAIN);
    fs.writeFileSync(path.join(workspace, 'wait.py'), 'import time\nopen("waiting", "w").close()\ntime.sleep(60)\n');
    writeDebuggerExtension(path.join(folder, 'extension'), python);
    editor = await openEditor({
      workspace,
      extensions: [path.join(folder, 'extension')],
      environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') },
      settings: { 'debug.internalConsoleOptions': 'neverOpen' },
    });
    await openFile(editor.page, path.join(workspace, 'MLproject'));
    client = await serverOf(workspace, path.join(folder, 'cache'));
  });

  afterAll(async () => {
    await editor?.close();
    stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function lastRun(): Promise<Run | undefined> {
    const experiments = await client.tracking.searchExperiments({});
    const experimentIds = experiments.items.map(({ experimentId }) => experimentId);
    const orderBy = ['attributes.start_time DESC'];
    return (await client.tracking.searchRuns({ experimentIds, orderBy, maxResults: 1 })).items[0];
  }

  function endedRun(entryPoint: string): Promise<Run> {
    return until(
      'the end of the run',
      async () => {
        const run = await lastRun();
        const isIt = run?.data.tags.get('mlflow.project.entryPoint') === entryPoint;
        return isIt && run.info.status !== 'RUNNING' && run;
      },
      {
        ms: 40_000,
        instead: async () => [await lastRun(), await terminalText(editor.page), await notifications(editor.page)],
      },
    );
  }

  test('is offered for commands that are one Python program', async () => {
    await until('the lenses', async () => (await codeLenses(editor.page)).includes('Debug'), {
      instead: () => codeLenses(editor.page),
    });
    expect((await codeLenses(editor.page)).filter((title) => title === 'Debug')).toHaveLength(3);
  });

  test('runs the program under the debugger, as a run that ends with it', async () => {
    await clickCodeLens(editor.page, 'Debug', 0);
    const run = await endedRun('main');
    expect(run.info.status).toBe('FINISHED');
    expect(Object.fromEntries(run.data.params)).toEqual({ note: "'a b'", code: '0' });
    expect(Object.fromEntries(run.data.tags)).toMatchObject({
      'mlflow.source.type': 'PROJECT',
      'mlflow.source.name': workspace,
      'mlflow.project.backend': 'local',
    });
    expect(JSON.parse(fs.readFileSync(path.join(workspace, 'seen.json'), 'utf8'))).toEqual({
      arguments: ['a b', '0'],
      debugged: true,
      GREETING: 'hi',
      MLFLOW_RUN_ID: run.info.runId,
      MLFLOW_TRACKING_URI: client.url,
      MLFLOW_EXPERIMENT_ID: run.info.experimentId,
    });
  });

  test('ends a run that is stopped as KILLED', async () => {
    await clickCodeLens(editor.page, 'Debug', 1);
    await until('the program to wait', () => fs.existsSync(path.join(workspace, 'waiting')), { ms: 30_000 });
    await editor.screenshot('debug-dark');
    await runCommand(editor.page, 'Debug: Stop', { closes: false });
    expect((await endedRun('wait')).info.status).toBe('KILLED');
  });

  test('ends a run whose program fails as FAILED', async () => {
    fs.writeFileSync(path.join(workspace, 'MLproject'), PROJECT.replace('default: 0', 'default: 3'));
    await until(
      'the new text',
      async () => (await editor.page.locator('.view-line', { hasText: 'default: 3' }).count()) > 0,
    );
    await clickCodeLens(editor.page, 'Debug', 0);
    // The debugger stops where the program is about to end so.
    await editor.page.locator('.debug-toolbar .codicon-debug-continue').click({ timeout: 30_000 });
    expect((await endedRun('main')).info.status).toBe('FAILED');
  });

  test('asks for what is missing', async () => {
    await openFile(editor.page, path.join(workspace, 'MLproject'));
    await clickCodeLens(editor.page, 'Debug', 2);
    const form = await webview(editor.page, /^Debug ask/);
    await form.locator('vscode-text-field[data-parameter="note"] input').fill('asked for');
    expect(await form.locator('.sweep').count()).toBe(0);
    await editor.screenshot('form-debug-dark');
    await form.locator('vscode-button[appearance="primary"]').click();
    const run = await endedRun('ask');
    expect([run.info.status, run.data.params.get('note')]).toEqual(['FINISHED', "'asked for'"]);
    const { arguments: seen } = JSON.parse(fs.readFileSync(path.join(workspace, 'seen.json'), 'utf8'));
    expect(seen).toEqual(['asked for', '0']);
  });

  test('says why another command cannot be debugged', async () => {
    await runCommand(editor.page, 'MLflow: Debug Entry Point');
    await pick(editor.page, 'both');
    const told = await until('the message', async () =>
      (await notifications(editor.page)).find(({ message }) => message.includes('cannot be debugged')),
    );
    expect(told.message).toContain("needs a shell for '&&'");
    await editor.screenshot('debug-refused-dark');
    expect((await lastRun())?.data.tags.get('mlflow.project.entryPoint')).toBe('ask');
  });
});
