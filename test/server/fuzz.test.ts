import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isTemporary } from '../../src/files/read.ts';
import { openFileRegistryStore } from '../../src/registry/file/fileRegistryStore.ts';
import type { Route } from '../../src/server/route.ts';
import { ROUTES } from '../../src/server/routes.ts';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { artifactScript } from '../python/differential/artifacts.ts';
import { loggedModelScript } from '../python/differential/loggedModels.ts';
import { pageScript } from '../python/differential/pages.ts';
import { registryScript } from '../python/differential/registry.ts';
import type { Step } from '../python/differential/step.ts';
import { traceScript } from '../python/differential/traces.ts';
import { trackingScript } from '../python/differential/tracking.ts';
import { type FileServer, openFileServer } from './fileServer.ts';

/** More requests: `FUZZ=100000 npx vitest run test/server/fuzz.test.ts`. */
const REQUESTS = Number(process.env.FUZZ ?? 6_000);
const SEED = process.env.FUZZ_SEED === undefined ? Date.now() : Number(process.env.FUZZ_SEED);
/** Between two looks at the whole disk. */
const REQUESTS_PER_LOOK = 500;
/** ms that an answer may take: far more than any needs, far less than a hang. */
const LIMIT = 5_000;

let server: FileServer;
let seeds: Seeds;
let canary: string;

interface Seeds {
  readonly experimentId: string;
  readonly runId: string;
  readonly modelId: string;
}

beforeEach(async () => {
  server = await openFileServer();
  canary = path.join(server.folder, 'canary');
  fs.mkdirSync(canary);
  fs.writeFileSync(path.join(canary, 'secret.txt'), 'nobody reads this');
  fs.symlinkSync(canary, path.join(server.folder, 'artifacts-link'));
  const { tracking, registry } = server.parts;
  const experimentId = await tracking.createExperiment({ name: 'seed' });
  const { info } = await tracking.createRun({ experimentId, runName: 'seed' });
  const { modelId } = await tracking.createLoggedModel({ experimentId, name: 'seed' });
  await registry.createRegisteredModel({ name: 'seed' });
  await registry.createModelVersion({ name: 'seed', source: 's3://bucket/seed' });
  await tracking.startTrace({ traceId: 'tr-seed', experimentId, requestTime: 1 });
  seeds = { experimentId, runId: info.runId, modelId };
});
afterEach(() => server[Symbol.asyncDispose]());

const HOSTILE = fc.constantFrom(
  ...['', ' ', '.', '..', '../..', '/', '//', '/etc/passwd', '\\..\\', 'C:\\x', 'CON', 'nul.txt', 'a\0b', 'a\nb', '~'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '..%2f',
    '%2e%2e%2f',
    '%252e%252e',
    '%00',
    '%',
    '%zz',
    '#',
    '?',
    ';',
    '&',
  ],
  ...[
    '../canary/secret.txt',
    '../artifacts-link/secret.txt',
    'file:///etc',
    'file://host/x',
    'runs:/a/b',
    'models:/a/1',
  ],
  ...['NaN', 'Infinity', '-0', '1e309', '9223372036854775807', '9223372036854775808', '-1', '0x10', '１', 'ｓｅｅｄ'],
  ...['\ud800', '\u202e', '\ufeff', '\u0000', 'é', '😀', "' OR 1=1", "name = 'x' AND", '{{7*7}}', '${x}', '<script>'],
  ...['x'.repeat(300), 'x'.repeat(20_000), 'a/'.repeat(500), '['.repeat(2_000)],
);
const USEFUL = fc.constantFrom(
  ...['0', 'seed', '1', 'tr-seed', 'EXPERIMENT', 'RUN', 'MODEL', 'a', 'key', 'a/b', 'READY', 'Production', 'RUNNING'],
  ...['metrics.a > 1', "name = 'seed'", 'start_time DESC', '2026-11-23T08:49:35Z', '0.5s', 'eyJvZmZzZXQiOiAxfQ=='],
);
const TEXT = fc.oneof(
  { weight: 3, arbitrary: USEFUL },
  { weight: 2, arbitrary: HOSTILE },
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** The names that any message knows, and some that none does. */
const FIELDS = fc.constantFrom(
  ...[
    'experiment_id',
    'experiment_ids',
    'experiment_name',
    'name',
    'new_name',
    'run_id',
    'run_uuid',
    'run_name',
    'key',
  ],
  ...[
    'value',
    'timestamp',
    'step',
    'metrics',
    'params',
    'tags',
    'datasets',
    'models',
    'model_id',
    'filter',
    'order_by',
  ],
  ...[
    'max_results',
    'page_token',
    'view_type',
    'run_view_type',
    'status',
    'version',
    'alias',
    'stage',
    'stages',
    'source',
  ],
  ...[
    'path',
    'metric_key',
    'run_ids',
    'start_step',
    'end_step',
    'model_json',
    'artifact_location',
    'description',
    'trace',
  ],
  ...['assessment', 'update_mask', 'locations', 'request_ids', 'max_timestamp_millis', 'request_id', 'timestamp_ms'],
  ...['operationName', 'query', 'variables', 'allow_deleted', 'artifact_file_path', 'archive_existing_versions'],
  ...['__proto__', 'constructor', 'hasOwnProperty', '', 'x'],
);
const VALUE = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { weight: 6, arbitrary: TEXT },
    fc.constantFrom(null, true, false, 0, 1, -1, 1.5, 1e308, 2 ** 53, -0),
    fc.integer(),
    fc.double(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(message(tie('value')), { maxLength: 3 }),
    message(tie('value')),
  ),
})).value;

function message(value: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return fc.array(fc.tuple(FIELDS, value), { maxLength: 8 }).map((entries) => {
    const fields: Record<string, unknown> = Object.create(null);
    for (const [name, item] of entries) fields[name] = item;
    return fields;
  });
}

interface FuzzRequest {
  readonly method: string;
  readonly target: string;
  readonly body: string | undefined;
  readonly type: string;
}

const TYPE = fc.constantFrom(
  ...Array<string>(6).fill('application/json'),
  'application/json; charset=utf-8',
  'text/plain',
  '',
);

/** Any route with anything. */
const ANYTHING = fc
  .record({
    route: fc.constantFrom(...ROUTES.filter(({ path }) => !path.startsWith('//api/mlflow-workbench/events'))),
    values: fc.array(TEXT, { minLength: 4, maxLength: 4 }),
    fields: message(VALUE),
    prefix: fc.constantFrom('/api/2.0', '/api/3.0', '/ajax-api/2.0', '/ajax-api/3.0', '/api/2.0/preview'),
    encode: fc.constantFrom('once', 'twice', 'raw'),
    type: TYPE,
    text: fc.option(fc.oneof(HOSTILE, fc.json({ maxDepth: 8 }), fc.constant('{"a":')), { freq: 6 }),
  })
  .map(({ route, values, fields, prefix, encode, type, text }): FuzzRequest => {
    let at = 0;
    const filled = route.path.replace(/\{\w+\*?\}/g, () => encoded(values[at++] ?? '', encode));
    const base = pathOf(route, filled, prefix);
    return route.method === 'GET'
      ? { method: 'GET', target: `${base}?${queryOf(fields)}`, body: undefined, type }
      : { method: route.method, target: base, body: text ?? JSON.stringify(fields), type };
  });

/** Requests of real use: most of them succeed as they are. */
const STEPS: readonly Step[] = [
  ...[...trackingScript(), ...registryScript(), ...artifactScript(), ...loggedModelScript(), ...traceScript()],
  ...pageScript(),
];

/** A request of real use with a field or two put wrong. */
const NEARLY_RIGHT = fc
  .record({
    step: fc.constantFrom(...STEPS),
    changes: fc.array(fc.tuple(fc.nat(), fc.constantFrom('set', 'drop', 'add'), FIELDS, VALUE), { maxLength: 2 }),
    type: TYPE,
  })
  .map(({ step, changes, type }): FuzzRequest => {
    const isText = typeof step.body === 'string';
    const body = isText || step.body === undefined ? step.body : structuredClone(step.body);
    if (typeof body === 'object') for (const change of changes) spoil(body, ...change);
    const text = body === undefined ? undefined : isText ? (body as string) : JSON.stringify(body);
    return { method: step.method, target: step.path, body: text, type: step.headers?.['content-type'] ?? type };
  });

function spoil(body: unknown, at: number, how: string, name: string, value: unknown): void {
  const places = objectsIn(body);
  const place = places[at % places.length];
  if (!place) return;
  const names = Object.keys(place);
  const known = names[at % Math.max(names.length, 1)] ?? name;
  if (how === 'drop') delete place[known];
  else place[how === 'set' ? known : name] = value;
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inside : [value as Record<string, unknown>, ...inside];
}

const REQUEST = fc.oneof({ weight: 2, arbitrary: NEARLY_RIGHT }, { weight: 1, arbitrary: ANYTHING });
const answered = new Map<number, number>();

async function send(request: FuzzRequest): Promise<void> {
  const { method, type } = request;
  const target = fillIn(request.target);
  const body = request.body === undefined ? undefined : fillIn(request.body);
  const headers: Record<string, string> = type ? { 'content-type': type } : {};
  const signal = AbortSignal.timeout(LIMIT);
  const response = await server.fetch(`http://localhost${target}`, {
    method: method,
    headers,
    body: body ?? null,
    signal,
  });
  const text = await response.text();
  const shown = `${method} ${target.slice(0, 300)} ${body?.slice(0, 500) ?? ''} -> ${response.status} ${text.slice(0, 300)}`;
  if (response.status >= 500 && response.status !== 501) throw new Error(`failed: ${shown}`);
  if (text.includes('nobody reads this')) throw new Error(`leaked: ${shown}`);
  answered.set(response.status, (answered.get(response.status) ?? 0) + 1);
  if (response.status < 400) return;
  const told = JSON.parse(text) as { error_code?: unknown; message?: unknown; detail?: unknown };
  if (typeof (told.message ?? told.detail) !== 'string') throw new Error(`says nothing: ${shown}`);
}

function queryOf(fields: object): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      query.append(name, typeof item === 'string' ? item.toWellFormed() : String(JSON.stringify(item)));
    }
  }
  return query;
}

function pathOf(route: Route, filled: string, prefix: string): string {
  if (route.path.startsWith('//')) return filled.slice(1);
  return /^\/[23]\.0\//.test(route.path) ? `/api${filled}` : prefix + filled;
}

function encoded(text: string, encode: string): string {
  const once = encodeURIComponent(text.toWellFormed());
  if (encode === 'raw') return text.toWellFormed().replaceAll(/[?#\s\0]/g, '_');
  return encode === 'once' ? once : encodeURIComponent(once);
}

/** The variables of the scripts stand for what there is of their kind. */
function fillIn(text: string): string {
  return text
    .replaceAll(/EXPERIMENT|\$(?:\w*exp|other|located|trash)\b/g, seeds.experimentId)
    .replaceAll(/MODEL|\$(?:one|two)\b/g, seeds.modelId)
    .replaceAll(/RUN(?!NING)|\$(?!\{)\w+/g, seeds.runId);
}

/** Everything that is neither the store's nor its artifacts', and everything that no write may leave behind. */
function lookAround(): { outside: string[]; leftovers: string[] } {
  const outside = fs
    .readdirSync(server.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^(?:store|artifacts)(?:$|[\\/])/.test(name));
  const leftovers = fs
    .readdirSync(server.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => isTemporary(path.basename(name)));
  return { outside: outside.sort(), leftovers };
}

test(`${REQUESTS} requests of all shapes find no 5xx, no hang, no leak and no way out (seed ${SEED})`, async () => {
  const before = lookAround();
  const content = fs.readFileSync(path.join(canary, 'secret.txt'), 'utf8');
  for (let round = 0; round < REQUESTS / REQUESTS_PER_LOOK; round++) {
    await fc.assert(
      fc.asyncProperty(REQUEST, async (request) => {
        await send(request);
        expect(server.defects).toEqual([]);
      }),
      { numRuns: REQUESTS_PER_LOOK, seed: SEED + round, endOnFailure: true },
    );
    expect(lookAround()).toEqual(before);
    expect(fs.readFileSync(path.join(canary, 'secret.txt'), 'utf8')).toBe(content);
    await readWhole();
  }
  // What is refused at the door proves little.
  expect(answered.get(200)).toBeGreaterThan(REQUESTS / 6);
}, 600_000);

/** A fresh look at the disk reads all that is there. */
async function readWhole(): Promise<void> {
  const tracking = await openFileTrackingStore({ root: server.store });
  const registry = await openFileRegistryStore({ root: server.store, lookup: tracking });
  const experiments = await tracking.searchExperiments({ viewType: 'ALL', maxResults: 50_000 });
  const experimentIds = experiments.items.map(({ experimentId }) => experimentId);
  await tracking.searchRuns({ experimentIds, viewType: 'ALL', maxResults: 50_000 });
  await tracking.searchLoggedModels({ experimentIds });
  await tracking.searchTraces({ experimentIds });
  await registry.searchRegisteredModels({});
  await registry.searchModelVersions({});
  expect(await tracking.problems()).toEqual([]);
  await tracking.close();
}
