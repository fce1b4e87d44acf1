import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dockerCommand } from '../../src/runner/environment/dockerCommand.ts';
import { prepareDocker } from '../../src/runner/environment/dockerEnvironment.ts';
import { gitRepository } from '../runner/gitRepository.ts';
import { type RecordingProgram, recordingProgram } from '../support/recordingProgram.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { run } from '../views/sampleRun.ts';
import { hasPython, MLFLOW_VERSIONS, runProgram } from './environments.ts';

interface Case {
  readonly tracking_uri: string;
  readonly artifact_uri: string;
  readonly docker_args: Readonly<Record<string, string | true>>;
  readonly volumes: readonly string[] | null;
  readonly environment: readonly (string | readonly [string, string])[] | null;
}

const PLAIN: Case = {
  tracking_uri: 'http://127.0.0.1:5000',
  artifact_uri: 'mlflow-artifacts:/1/a/artifacts',
  docker_args: {},
  volumes: null,
  environment: null,
};

const CASES: readonly (readonly [name: string, changes: Partial<Case>])[] = [
  ['plain', {}],
  ['options', { docker_args: { gpus: 'all', t: true, m: '1g', init: true, network: 'host' } }],
  ['volumes', { volumes: ['/data:/data', '/x:/y:ro'] }],
  ['variables', { environment: [['NEW', 'value'], 'COPIED', ['MLFLOW_RUN_ID', 'mine']] }],
  ['a local artifact folder', { artifact_uri: 'file:///store/1/a/artifacts' }],
  ['a path of artifacts', { artifact_uri: '/store/1/a/artifacts' }],
  ['a store in a folder', { tracking_uri: 'file:///store/mlruns', artifact_uri: '/a' }],
  ['a store by its path', { tracking_uri: '/store/mlruns', artifact_uri: '/a' }],
  ['a database', { tracking_uri: 'sqlite:////store/mlflow.db', artifact_uri: '/a' }],
  ['S3', { artifact_uri: 's3://bucket/a' }],
  ['Google Cloud', { artifact_uri: 'gs://bucket/a' }],
  ['Azure', { artifact_uri: 'wasbs://c@account.blob.core.windows.net/a' }],
  ['HDFS', { artifact_uri: 'hdfs://host:8020/a' }],
];

const VARIABLES = {
  COPIED: 'from here',
  MLFLOW_ALLOW_FILE_STORE: 'true',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  MLFLOW_S3_ENDPOINT_URL: 'http://127.0.0.1:9000',
  GOOGLE_APPLICATION_CREDENTIALS: '/credentials/g.json',
  AZURE_STORAGE_CONNECTION_STRING: 'AccountName=a;AccountKey=b',
  MLFLOW_KERBEROS_TICKET_CACHE: '/tickets',
  MLFLOW_KERBEROS_USER: 'ada',
};

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
  folder.write('home/.aws/credentials', '');
  vi.stubEnv('HOME', folder.join('home'));
  for (const [name, value] of Object.entries(VARIABLES)) vi.stubEnv(name, value);
  for (const name of ['MLFLOW_TRACKING_TOKEN', 'MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_PASSWORD']) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

/** No Docker daemon is needed: what our shell command hands to a program called docker is what MLflow computes. */
describe.runIf(hasPython() && process.platform !== 'win32').each(MLFLOW_VERSIONS)(
  'docker run of MLflow %s',
  (version) => {
    test('is called with the same words', async () => {
      const { runId: run_id, experimentId: experiment_id } = run().info;
      const cases = CASES.map(([, changes]) => ({ ...PLAIN, ...changes, run_id, experiment_id, image: 'python:3.12' }));
      const theirs = (await runProgram(version, 'docker_command.py', [JSON.stringify(cases)])) as string[][];
      const docker = recordingProgram(folder.path, 'docker');
      for (const [at, [name]] of CASES.entries()) {
        const [, ...words] = theirs[at] ?? [];
        // MLflow writes the path of a database with two slashes, which is the same one.
        const expected = words.map((word) => word.replace('//store/', '/store/'));
        expect(ours(cases[at] ?? PLAIN, docker), name).toEqual(expected);
      }
    });

    test('has an image of the same name', async () => {
      const repository = gitRepository(folder.join('project'));
      repository.commit({ MLproject: 'name: wine\ndocker_env: {image: "python:3.12"}\n' });
      const theirs = await runProgram(version, 'image_name.py', ['wine', repository.folder]);
      vi.stubEnv('PATH', `${folder.path}:${process.env.PATH}`);
      recordingProgram(folder.path, 'docker', [{ when: /--version|inspect/, out: '1' }]);
      const prepared = await prepareDocker({
        projectFolder: repository.folder,
        trackingUri: 'http://example.org',
        dockerArgs: new Map(),
        buildImage: true,
        say: () => undefined,
        signal: new AbortController().signal,
      });
      expect(prepared.tags.get('mlflow.docker.image.uri')).toBe(theirs);
    });
  },
);

/** The words that docker gets, without our name for the container, and with the values of variables passed by name. */
function ours(given: Case, docker: RecordingProgram): readonly string[] {
  const entries = given.environment ?? [];
  const command = dockerCommand({
    spec: {
      name: 'wine',
      image: 'python:3.12',
      volumes: given.volumes ?? [],
      environment: entries.map((entry) => (typeof entry === 'string' ? [entry, undefined] : entry)),
    },
    image: 'python:3.12',
    run: { ...run().info, artifactUri: given.artifact_uri },
    trackingUri: given.tracking_uri,
    dockerArgs: new Map(Object.entries(given.docker_args)),
    name: 'ours',
  });
  execFileSync('bash', ['-c', command], { env: { ...process.env, PATH: `${folder.path}:${process.env.PATH}` } });
  const words = docker.calls().at(-1) ?? [];
  return words.flatMap((word, at) => {
    if (word === '--name' || words[at - 1] === '--name') return [];
    const isVariable = words[at - 1] === '-e' && !word.includes('=');
    return [isVariable ? `${word}=${process.env[word]}` : word];
  });
}
