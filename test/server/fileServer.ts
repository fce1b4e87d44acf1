import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openArtifactRepositories } from '../../src/artifacts/openArtifactRepositories.ts';
import { openFileRegistryStore } from '../../src/registry/file/fileRegistryStore.ts';
import { createApp } from '../../src/server/app.ts';
import type { App } from '../../src/server/http.ts';
import type { Parts } from '../../src/server/parts.ts';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { appFetch } from './appFetch.ts';

/** The real server over real file stores in a temporary folder, called in process. */
export interface FileServer extends AsyncDisposable {
  readonly app: App;
  readonly parts: Parts;
  /** Folder of everything; the store is in `store/`, its artifacts are in `artifacts/`. */
  readonly folder: string;
  readonly store: string;
  readonly fetch: typeof fetch;
  /** Defects that the server met. */
  readonly defects: unknown[];
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of all shapes
  readonly json: any;
}

export interface FileServerOptions {
  readonly artifactRoot?: string;
  readonly parts?: Partial<Parts>;
}

export async function openFileServer(options: FileServerOptions = {}): Promise<FileServer> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-server-')));
  const store = path.join(folder, 'store');
  const tracking = await openFileTrackingStore({
    root: store,
    artifactRoot: options.artifactRoot ?? 'mlflow-artifacts:/',
    artifactsDestination: path.join(folder, 'artifacts'),
  });
  const defects: unknown[] = [];
  const parts: Parts = {
    tracking,
    registry: await openFileRegistryStore({ root: store, lookup: tracking }),
    artifacts: openArtifactRepositories({ destination: path.join(folder, 'artifacts'), storeRoot: store }),
    storeName: 'FileStore',
    storeRoot: store,
    version: '1.2.3',
    onDefect: (error) => defects.push(error),
    ...options.parts,
  };
  const app = createApp(parts);
  const fetchApp = appFetch(app);

  async function call(method: string, target: string, body?: unknown): Promise<Answer> {
    const isJson = body !== undefined;
    const response = await fetchApp(
      `http://localhost${target.startsWith('/') ? target : `/api/2.0/mlflow/${target}`}`,
      {
        method,
        ...(isJson && {
          body: typeof body === 'string' ? body : JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      },
    );
    const text = await response.text();
    const isJsonAnswer = response.headers.get('content-type') === 'application/json';
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJsonAnswer ? JSON.parse(text) : undefined,
    };
  }

  return {
    app,
    parts,
    folder,
    store,
    fetch: fetchApp,
    defects,
    call,
    get: (target) => call('GET', target),
    post: (target, body) => call('POST', target, body),
    async [Symbol.asyncDispose]() {
      await tracking.close();
      fs.rmSync(folder, { recursive: true });
    },
  };
}

/** Creates a run in the default experiment. @returns its id */
export async function createRun(server: FileServer, more: object = {}): Promise<string> {
  const { json } = await server.post('runs/create', { experiment_id: '0', start_time: 1, ...more });
  return json.run.info.run_id;
}
