import { MlflowError } from '../entities/error.ts';
import { requireToken } from './authentication.ts';
import { readJsonBody } from './body.ts';
import { diskErrorOf } from './diskError.ts';
import type { ApiRequest, ApiResponse, App } from './http.ts';
import { Message } from './message.ts';
import type { AppParts, Parts } from './parts.ts';
import { errorResponse, jsonResponse, respond } from './response.ts';
import { createRouter, type Match, type Router } from './router.ts';
import { ROUTES } from './routes.ts';
import { RunTexts } from './runTexts.ts';

/** MLflow's REST server over stores: any MLflow client can use it as its tracking and registry URI. */
export function createApp(served: Parts): App {
  const parts: AppParts = { ...served, runTexts: new RunTexts() };
  const router = createRouter(ROUTES);
  const authenticate = parts.token === undefined ? undefined : requireToken(parts.token);
  return async (request) => {
    const refused = authenticate?.(request);
    if (refused) return refused;
    parts.onActivity?.('began');
    try {
      return await answer(parts, router, request);
    } catch (error) {
      // A body that breaks off with its connection is nobody's fault, and a full disk need not be filled with words.
      const isDefect = !(error instanceof MlflowError) && !request.signal.aborted && !diskErrorOf(error);
      if (isDefect) parts.onDefect?.(error, `${request.method} ${request.path}`);
      return errorResponse(error);
    } finally {
      parts.onActivity?.('ended');
    }
  };
}

async function answer(parts: AppParts, router: Router, request: ApiRequest): Promise<ApiResponse> {
  const found = router(request.method, request.path);
  if (!found) {
    throw new MlflowError('ENDPOINT_NOT_FOUND', `There is no API endpoint ${request.method} ${request.path}.`);
  }
  if (!('route' in found)) return methodNotAllowed(found.allowed);
  const { route, values } = found;
  if (parts.isReadOnly && request.method !== 'GET' && !route.reads) {
    throw new MlflowError('PERMISSION_DENIED', 'This server only reads: it was started with --read-only.');
  }
  if (route.kind === 'raw') return route.handle(parts, request, values);
  return jsonResponse(await route.handle(parts, await readMessage(request, found)));
}

function methodNotAllowed(allowed: readonly string[]): ApiResponse {
  const body = { error_code: 'BAD_REQUEST', message: `The method must be ${allowed.join(' or ')}.` };
  return respond(405, 'application/json', JSON.stringify(body), { allow: allowed.join(', ') });
}

async function readMessage(request: ApiRequest, { route, values }: Match): Promise<Message> {
  return request.method === 'GET'
    ? Message.ofQuery(request.query, values)
    : Message.ofBody(await readJsonBody(request, route.carriesDocuments), values);
}
