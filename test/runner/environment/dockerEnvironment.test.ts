import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type DockerOptions, prepareDocker } from '../../../src/runner/environment/dockerEnvironment.ts';
import { runEntryPoint } from '../../../src/runner/runEntryPoint.ts';
import { openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { type RecordingProgram, type Reply, recordingProgram } from '../../support/recordingProgram.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';
import { run } from '../../views/sampleRun.ts';
import { gitRepository } from '../gitRepository.ts';

let folder: TemporaryFolder;
const said: string[] = [];

// There is no Docker daemon where tests run: a program of that name writes down what it is asked for. What it is asked
// for is compared with MLflow's own command in test/python/.
beforeEach(() => {
  folder = temporaryFolder();
  said.length = 0;
  vi.stubEnv('PATH', `${folder.path}:/usr/bin:/bin`);
  vi.stubEnv('MLFLOW_TRACKING_TOKEN', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

function docker(...replies: Reply[]): RecordingProgram {
  const inspect = { when: /image inspect/, out: 'sha256:abc\n' };
  return recordingProgram(folder.path, 'docker', [...replies, { when: /--version/, out: 'Docker 1\n' }, inspect]);
}

const MORE = 'volumes: ["$HOME/data:/data", "~/x y:/x"], environment: [[A, "1 2"], COPIED]';

function prepare(
  more: Partial<DockerOptions> = {},
  text = `name: wine\ndocker_env: {image: "python:3.12", ${MORE}}\n`,
) {
  folder.write('project/MLproject', text);
  vi.stubEnv('COPIED', 'secret');
  return prepareDocker({
    projectFolder: folder.join('project'),
    trackingUri: 'http://127.0.0.1:5000',
    dockerArgs: new Map(),
    buildImage: false,
    say: (line) => said.push(line),
    signal: new AbortController().signal,
    ...more,
  });
}

describe.skipIf(process.platform === 'win32')('a Docker environment', () => {
  test('pulls an image that is not there, and notes it', async () => {
    const program = docker();
    const environment = await prepare();
    expect(program.calls()).toEqual([
      ['--version'],
      ['info'],
      ['images', '--quiet', 'python:3.12'],
      ['pull', 'python:3.12'],
      ['image', 'inspect', '--format', '{{.Id}}', 'python:3.12'],
    ]);
    expect(environment.tags).toEqual(
      new Map([
        ['mlflow.project.env', 'docker'],
        ['mlflow.docker.image.uri', 'python:3.12'],
        ['mlflow.docker.image.id', 'sha256:abc'],
      ]),
    );
  });

  test('uses an image that is there', async () => {
    const program = docker({ when: /images --quiet/, out: 'abc\n' });
    await prepare();
    expect(program.calls().map(([first]) => first)).not.toContain('pull');
    expect(said[0]).toBe('python:3.12 already exists');
  });

  test('builds an image with the project, named after it and its commit', async () => {
    const program = docker();
    const commit = gitRepository(folder.join('project')).commit({ x: '' });
    await prepare({ buildImage: true });
    const tag = `wine:${commit.slice(0, 7)}`;
    expect(program.calls()[2]).toEqual([
      ...['build', '--tag', tag, '--force-rm', '--file', '-'],
      folder.join('project'),
    ]);
    expect(program.inputs()[2]).toBe(
      'FROM python:3.12\nCOPY . /mlflow/projects/code/\nWORKDIR /mlflow/projects/code/\n',
    );
  });

  test('runs the command in a container, with its mounts, variables and options', async () => {
    docker();
    const dockerArgs = new Map<string, string | true>([
      ['gpus', 'all'],
      ['t', true],
      ['init', true],
      ['m', '1g'],
      ['label', 'a b'],
    ]);
    const { command } = (await prepare({ dockerArgs })).launch(run().info, 'python t.py');
    const { runId, experimentId } = run().info;
    const artifacts = `/store/1/${runId}/artifacts`;
    expect(command).toBe(
      [
        `docker run --rm --name mlflow-run-${runId} --gpus all -t --init -m 1g --label 'a b'`,
        `-v ${artifacts}:${artifacts} -v "$HOME/data:/data" -v ~"/x y:/x"`,
        `-e MLFLOW_RUN_ID=${runId} -e MLFLOW_TRACKING_URI=http://127.0.0.1:5000 -e MLFLOW_EXPERIMENT_ID=${experimentId}`,
        `-e 'A=1 2' -e COPIED python:3.12 python t.py`,
      ].join(' '),
    );
    expect(said.at(-1)).toContain('The container cannot reach http://127.0.0.1:5000');
  });

  test.each([
    ['python a.py && python b.py', true],
    ['python a.py\npython b.py\n', true],
    ['python a.py > out.txt', false],
    ['bash -c \'a && b\' "c; d" e\\;', false],
    ['python a.py \\\n  --x 1\n', false],
  ])('says what of %j is run outside of the container', async (command, isOutside) => {
    docker();
    const environment = await prepare({ trackingUri: 'http://example.org' });
    said.length = 0;
    environment.launch(run().info, command);
    expect(said.map((line) => line.slice(0, 19))).toEqual(isOutside ? ['As with mlflow run,'] : []);
  });

  test('keeps a name that is asked for', async () => {
    docker();
    const { command } = (await prepare({ dockerArgs: new Map([['name', 'mine']]) })).launch(run().info, 'x');
    expect(command).toContain('docker run --rm --name mine -v');
  });

  test('needs docker, a daemon, and an image that can be had', async () => {
    vi.stubEnv('PATH', folder.path);
    await expect(prepare()).rejects.toThrow('Could not find Docker executable. Ensure Docker is installed');
    vi.stubEnv('PATH', `${folder.path}:/usr/bin:/bin`);
    docker({ when: /info/, err: 'Cannot connect to the Docker daemon\n', code: 1 });
    await expect(prepare()).rejects.toThrow('start its daemon (or Docker Desktop)');
    docker({ when: /pull/, err: 'Error response from daemon: pull access denied\n', code: 1 });
    await expect(prepare()).rejects.toThrow('Error response from daemon: pull access denied');
  });

  test('is what the whole run is run in, and a stop ends the container', async () => {
    const program = docker();
    const text =
      'name: wine\ndocker_env: {image: i}\nentry_points:\n  main:\n    parameters: {a: string}\n    command: "t {a} && sleep 60"\n';
    folder.write('project/MLproject', text);
    const store = await openFileTrackingStore({ root: folder.join('store') });
    const abort = new AbortController();
    const result = await runEntryPoint({
      uri: folder.join('project'),
      parameters: new Map([['a', 'x y']]),
      tracking: store,
      trackingUri: 'http://example.org',
      experiment: {},
      onStart: () => void setTimeout(() => abort.abort(), 500),
      say: () => undefined,
      signal: abort.signal,
    });
    expect(result.status).toBe('KILLED');
    const { runId } = result.run.info;
    const called = program.calls().find(([first]) => first === 'run');
    expect(called?.slice(-3)).toEqual(['i', 't', 'x y']);
    await vi.waitFor(() => expect(program.calls().at(-1)).toEqual(['kill', `mlflow-run-${runId}`]));
    const { tags } = (await store.getRun(runId)).data;
    expect(tags.get('mlflow.docker.image.id')).toBe('sha256:abc');
    await store.close();
    fs.rmSync(folder.join('store'), { recursive: true, force: true });
  });
});
