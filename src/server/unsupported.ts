import { MlflowError } from '../entities/error.ts';
import type { MessageHandler, Route } from './route.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What MLflow has for databases, gateways and its own jobs: what it is → the paths that begin with it. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  Webhooks: ['/mlflow/webhooks'],
  Workspaces: ['/mlflow/workspaces'],
  'Evaluation datasets': ['/mlflow/datasets'],
  'AI gateways': ['/mlflow/gateway'],
  Issues: ['/mlflow/issues'],
  Labelling: ['/mlflow/label-schemas', '/mlflow/review-queues'],
  'Prompt optimization': ['/mlflow/prompt-optimization'],
  Scorers: ['/mlflow/scorers', '/mlflow/scorer', '/mlflow/genai'],
  Jobs: ['/mlflow/jobs'],
  'The demo': ['/mlflow/demo'],
  'Multipart transfers': ['/mlflow-artifacts/mpu', '/mlflow-artifacts/presigned'],
};

/** The same for single endpoints. */
const ENDPOINTS: Readonly<Record<string, readonly [method: string, path: string][]>> = {
  'Presigned URLs': [
    ['POST', '/mlflow/artifacts/presigned-upload-url'],
    ['POST', '/mlflow/artifacts/presigned-download-url'],
  ],
  'Reading spans through the API': [
    ['GET', '/3.0/mlflow/traces/get'],
    ['GET', '/3.0/mlflow/traces/batchGet'],
    ['POST', '/3.0/mlflow/traces/batchGetInfos'],
    ['GET', '/mlflow/get-online-trace-details'],
    ['GET', '/mlflow/unified-traces'],
  ],
  'Trace metrics': [
    ['POST', '/mlflow/traces/metrics'],
    ['POST', '/mlflow/traces/calculate-filter-correlation'],
  ],
  'Linking traces': [
    ['POST', '/mlflow/traces/link-to-run'],
    ['POST', '/mlflow/traces/link-prompts'],
  ],
  'The prompt lab': [
    ['POST', '/mlflow/runs/create-promptlab-run'],
    ['POST', '/mlflow/gateway-proxy'],
  ],
};

/**
 * The endpoints of MLflow that this server knows and does not serve. They answer 501, which no client tries again, where
 * MLflow's own file store answers 500 to most of them.
 */
export const UNSUPPORTED: readonly Route[] = [
  ...Object.entries(FAMILIES).flatMap(([what, roots]) => roots.flatMap((root) => family(what, root))),
  ...Object.entries(ENDPOINTS).flatMap(([what, endpoints]) =>
    endpoints.map(([method, path]): Route => ({ method, path, kind: 'message', reads: true, handle: refuse(what) })),
  ),
];

function family(what: string, root: string): Route[] {
  const handle = refuse(what);
  return METHODS.flatMap((method): Route[] => [
    { method, path: root, kind: 'message', reads: true, handle },
    { method, path: `${root}/{rest*}`, kind: 'message', reads: true, handle },
  ]);
}

function refuse(what: string): MessageHandler {
  const verb = /s$/.test(what) ? 'are' : 'is';
  return () => {
    throw new MlflowError('NOT_IMPLEMENTED', `${what} ${verb} not supported by this server.`);
  };
}
