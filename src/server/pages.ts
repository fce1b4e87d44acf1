import type { ArtifactRepository } from '../artifacts/repository.ts';
import { doesNotExist } from '../entities/error.ts';
import type { ApiResponse } from './http.ts';
import { checkPath } from './paths.ts';
import { respond, textResponse } from './response.ts';
import type { RawHandler } from './route.ts';

/** The files that MLflow's web UI is made of. */
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  gif: 'image/gif',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  mjs: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/**
 * Nothing from elsewhere and no inline scripts. The UI compiles chart expressions (`unsafe-eval`), makes style elements
 * and workers as it runs, and draws artifacts from blobs.
 */
const UI_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "frame-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Files below here have a hash of their content in their names. */
const HASHED = 'static/';

/** MLflow's clients print links to pages that this server may not have; whoever follows one learns where to look. */
export const getPage: RawHandler = ({ pages }) =>
  pages
    ? readPageFile(pages, 'index.html')
    : textResponse(
        200,
        'This is the tracking server of MLflow Workbench.\nIts experiments, runs and models are in the MLflow view of VS Code.\n',
      );

export const getPageFile: RawHandler = ({ pages }, _request, values) => {
  const path = checkPath(values.path ?? '');
  if (!pages) throw doesNotExist(`No such file: '${path}'`);
  return readPageFile(pages, path);
};

async function readPageFile(pages: ArtifactRepository, path: string): Promise<ApiResponse> {
  const { size, stream } = await pages.read(path);
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const type = Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
  return respond(200, type ?? 'application/octet-stream', stream, {
    'content-security-policy': UI_POLICY,
    'x-frame-options': 'SAMEORIGIN',
    ...(path.startsWith(HASHED) && { 'cache-control': 'private, max-age=31536000, immutable' }),
    ...(size !== undefined && { 'content-length': String(size) }),
  });
}
