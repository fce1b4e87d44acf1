import type { ArtifactRepository } from '../artifacts/repository.ts';
import type { ApiResponse } from './http.ts';
import { respond } from './response.ts';

/**
 * Types by file name extension. Nothing that a browser would run or draw as a page (HTML, SVG, XML, PDF): such a file is
 * a run's, and a run is anybody's.
 */
const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/plain',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  log: 'text/plain',
  md: 'text/plain',
  mlmodel: 'text/plain',
  mlproject: 'text/plain',
  png: 'image/png',
  py: 'text/plain',
  txt: 'text/plain',
  webp: 'image/webp',
  yaml: 'text/plain',
  yml: 'text/plain',
};

/** A file of a repository as a download. @throws RESOURCE_DOES_NOT_EXIST */
export async function fileResponse(repository: ArtifactRepository, path: string): Promise<ApiResponse> {
  const { size, stream } = await repository.read(path);
  const name = path.split('/').at(-1) ?? '';
  return respond(200, typeOf(name), stream, {
    'content-disposition': `attachment; filename*=UTF-8''${encodeRfc8187(name)}`,
    ...(size === undefined ? {} : { 'content-length': String(size) }),
  });
}

function typeOf(name: string): string {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const type = Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
  return type?.startsWith('text/') ? `${type}; charset=utf-8` : (type ?? 'application/octet-stream');
}

/** RFC 8187, attr-char. */
function encodeRfc8187(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}
