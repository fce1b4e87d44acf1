import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArtifactRepositories } from '../../src/artifacts/openArtifactRepositories.ts';
import type { ArtifactRepository } from '../../src/artifacts/repository.ts';
import type { Run } from '../../src/entities/run.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { loggedTable, previewKind } from '../../src/views/runDetails/artifacts.ts';
import { childFilter, parentRunId } from '../../src/views/runDetails/family.ts';
import { parseModelFile } from '../../src/views/runDetails/modelFile.ts';
import { runDetails } from '../../src/views/runDetails/runDetails.ts';
import { loggedModelIds, recordedModels } from '../../src/views/runModels.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { hasPython, MLFLOW_VERSIONS, runProgram } from './environments.ts';

describe.runIf(hasPython()).each(MLFLOW_VERSIONS)('the details of a run of MLflow %s', (version) => {
  let folder: TemporaryFolder;
  let store: FileTrackingStore;
  let run: Run;
  let files: ArtifactRepository;

  beforeAll(async () => {
    folder = temporaryFolder();
    const root = folder.join('mlruns');
    const environment = { MLFLOW_ALLOW_FILE_STORE: 'true' };
    const runId = (await runProgram(version, 'log_details.py', [root], { environment })) as string;
    store = await openFileTrackingStore({ root });
    run = await store.getRun(runId);
    files = openArtifactRepositories({ storeRoot: root }).open(run.info.artifactUri);
  });

  afterAll(async () => {
    await store?.close();
    folder?.[Symbol.dispose]();
  });

  async function read(repository: ArtifactRepository, path: string): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of (await repository.read(path)).stream) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  }

  test('tell the note, the source and the user that MLflow writes down', () => {
    const { note, origin, header, systemTags } = runDetails(run, { name: 'details' }, Date.now());
    expect(note).toBe('A **note**.');
    expect(header).toMatchObject({ name: 'parent', status: 'FINISHED' });
    expect(origin).toContainEqual(expect.objectContaining({ label: 'Source', action: 'openSource' }));
    expect(origin.map(({ label }) => label)).toContain('User');
    expect(systemTags.map(({ key }) => key)).toContain('mlflow.source.name');
  });

  test('tell datasets with their columns or shapes, and where they come from', () => {
    const { datasets } = runDetails(run, undefined, Date.now());
    expect(datasets.find(({ name }) => name === 'wine')).toMatchObject({
      context: 'training',
      source: 'https://example.org/wine.csv',
      size: '2 rows',
      columns: [
        { name: 'alcohol', type: 'double' },
        { name: 'colour', type: 'string' },
        { name: 'quality', type: 'long' },
      ],
    });
    expect(datasets.find(({ name }) => name === 'zeros')).toMatchObject({
      context: 'eval',
      columns: [{ name: 'features', type: 'float64 [-1, 3]' }],
    });
  });

  test('show logged tables, and other JSON as what it is', async () => {
    const table = loggedTable(await read(files, 'answers.json'));
    expect(table).toMatchObject({ columns: ['question', 'score'], total: 2 });
    expect(table?.rows[0]).toEqual(['why?', '0.5']);
    expect(loggedTable(await read(files, 'settings.json'))).toBeUndefined();
    expect((await files.list('plots')).map(({ path }) => previewKind(path).kind)).toEqual(['image']);
  });

  test('tell flavors, size and environment of the model', async () => {
    const [id] = loggedModelIds(run);
    const [recorded] = recordedModels(run);
    const model = id === undefined ? undefined : await store.getLoggedModel(id);
    const root = openArtifactRepositories({ storeRoot: folder.join('mlruns') });
    const repository = model ? root.open(model.artifactUri) : files;
    const place = model ? '' : (recorded?.path ?? 'no model');
    const beside = await repository.list(place);
    const file = parseModelFile(await read(repository, place ? `${place}/MLmodel` : 'MLmodel'), beside);
    expect(file?.flavors).toEqual(['sklearn']);
    expect(file?.sizeBytes).toBeGreaterThan(500);
    expect(file?.environment).toEqual(['conda.yaml', 'python_env.yaml', 'requirements.txt']);
  });

  test('find the child run, and from it the parent', async () => {
    const { experimentId, runId } = run.info;
    const children = await store.searchRuns({ experimentIds: [experimentId], filter: childFilter(runId) });
    expect(children.items.map(({ info }) => info.runName)).toEqual(['child']);
    expect(children.items.map(parentRunId)).toEqual([runId]);
  });
});
