import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiRequest, ApiResponse } from './http.ts';
import { jsonResponse } from './response.ts';

/** Whether the server is up may be asked by anybody. */
const OPEN_PATHS = new Set(['/health']);

/** Says why a request may not be answered; `undefined` where it may. */
export type Authenticate = (request: Pick<ApiRequest, 'header' | 'path'>) => ApiResponse | undefined;

/**
 * Lets in who knows the token: as a bearer token, which MLflow's clients send from `MLFLOW_TRACKING_TOKEN`, or as the
 * password of any user, from `MLFLOW_TRACKING_PASSWORD` and the login of a browser.
 */
export function requireToken(token: string): Authenticate {
  const expected = digest(token);
  return (request) => {
    if (OPEN_PATHS.has(request.path)) return undefined;
    const offered = readToken(request.header('authorization') ?? '');
    if (offered !== undefined && timingSafeEqual(digest(offered), expected)) return undefined;
    const body = { error_code: 'UNAUTHENTICATED', message: 'This server needs its token (MLFLOW_TRACKING_TOKEN).' };
    const { headers, ...response } = jsonResponse(body, 401);
    return { ...response, headers: { ...headers, 'www-authenticate': 'Basic realm="mlflow", charset="UTF-8"' } };
  };
}

/** RFC 6750 and RFC 7617. */
function readToken(authorization: string): string | undefined {
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+) *$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const pair = Buffer.from(credentials, 'base64').toString();
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : undefined;
}

/** Of one length whatever is hashed: comparing takes the same time for all. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
