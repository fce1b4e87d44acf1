import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { unquote } from '../../src/runner/command/shellWords.ts';
import { projectSources, sourceFolder } from '../../src/runner/project/projectSources.ts';
import { expandValues } from '../../src/runner/sweepValues.ts';
import { entryPointFilter } from '../../src/views/entryPointFilter.ts';
import { inputOfRun, projectSource } from '../../src/views/projectRun.ts';
import { type ServerProcess, startServer } from '../support/serverProcess.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { hasPython, MLFLOW_VERSIONS, mlflowPython, runProgram } from './environments.ts';

const CLI = path.join(path.dirname(path.dirname(import.meta.dirname)), 'dist', 'cli.js');

const TRAIN = `import sys
import mlflow

x = float(sys.argv[1])
with mlflow.start_run():
    mlflow.log_metric("loss", x * x)
    mlflow.log_param("seed", 7)
`;

const execute = promisify(execFile);

describe.runIf(hasPython()).each(MLFLOW_VERSIONS)('with MLflow %s', (version) => {
  let folder: TemporaryFolder;
  let server: ServerProcess;
  let text: string;

  beforeAll(async () => {
    folder = temporaryFolder();
    server = await startServer(folder.join('store'));
    text = `entry_points:
  main:
    parameters: {x: float, note: {type: string, default: a}}
    command: ${JSON.stringify(`${mlflowPython(version)} train.py {x} {note}`)}
`;
    for (const place of ['plain', 'repository/wine']) {
      folder.write(`${place}/MLproject`, text);
      folder.write(`${place}/train.py`, TRAIN);
    }
    await execute('git', ['init', folder.join('repository')]);
  });

  afterAll(async () => {
    await server.stop();
    folder[Symbol.dispose]();
  });

  const environment = () => ({ ...process.env, MLFLOW_TRACKING_URI: server.url });

  test('a sweep is a parent whose children have logged what the script logs', async () => {
    const args = ['sweep', folder.join('plain'), '-P', 'x=1..3', '-P', 'note="b, c"', '--jobs', '3'];
    await execute(process.execPath, [CLI, ...args, '--experiment-name', 'swept'], { env: environment() });
    const read = await runProgram(version, 'read_sweep.py', ['swept'], {
      environment: { MLFLOW_TRACKING_URI: server.url },
    });
    const { parentId, parent, children } = read as {
      readonly parentId: string;
      readonly parent: object;
      readonly children: readonly object[];
    };
    expect(parent).toMatchObject({ status: 'FINISHED', params: { x: '1..3', note: `'"b, c"'` }, metrics: {} });
    expect(children).toEqual(
      ['1', '2', '3'].map((x) => ({
        name: `x=${x}`,
        status: 'FINISHED',
        params: { x, note: "'b, c'", seed: '7' },
        metrics: { loss: Number(x) ** 2 },
        parent: parentId,
      })),
    );
  });

  test.each(['plain', 'repository/wine'])(
    'a run that mlflow run has made in %s is found, and can be made again',
    async (place) => {
      const args = [
        '-m',
        'mlflow',
        'run',
        folder.join(place),
        '-P',
        'x=2',
        '-P',
        "note=it's",
        '--env-manager',
        'local',
      ];
      const name = `mlflow ${place}`;
      await execute(mlflowPython(version), [...args, '--experiment-name', name], {
        env: environment(),
        cwd: folder.path,
      });
      const { tracking } = connect(server.url);
      const experimentIds = [(await tracking.getExperimentByName(name))?.experimentId ?? ''];
      const sources = await projectSources(folder.join(place));
      const searches = sources.map((source) =>
        tracking.searchRuns({ experimentIds, filter: entryPointFilter(source, 'main') }),
      );
      const [run, ...others] = (await Promise.all(searches)).flatMap(({ items }) => items);
      expect([run === undefined, others]).toEqual([false, []]);
      if (!run) return;
      expect(sourceFolder(projectSource(run)?.name ?? '')).toBe(folder.join(place));
      const [entryPoint] = parseProject(text).project.entryPoints;
      if (!entryPoint) throw new Error('the project has an entry point');
      const { values } = inputOfRun(entryPoint, run, name, unquote, expandValues);
      expect(values).toEqual({ x: '2', note: "it's" });
    },
  );
});
