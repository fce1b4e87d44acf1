import type { ArtifactRepository, ByteRange } from '../artifacts/repository.ts';
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

/**
 * A file of a repository as a download, or the part of it that a request asks for (RFC 9110, 14.2: one range of bytes; any
 * other is answered with the whole file).
 * @param range the header of the request @throws RESOURCE_DOES_NOT_EXIST
 */
export async function fileResponse(
  repository: ArtifactRepository,
  path: string,
  range?: string | undefined,
): Promise<ApiResponse> {
  const name = path.split('/').at(-1) ?? '';
  const headers = {
    'content-disposition': `attachment; filename*=UTF-8''${encodeRfc8187(name)}`,
    'accept-ranges': 'bytes',
  };
  const part = parseRange(range);
  const { size, stream } = await repository.read(path, part);
  if (part === undefined || size === undefined) {
    // A part of something without a size cannot be told from the whole.
    const whole = part === undefined ? stream : (await repository.read(path)).stream;
    return respond(200, typeOf(name), whole, {
      ...headers,
      ...(size === undefined ? {} : { 'content-length': String(size) }),
    });
  }
  const to = Math.min(part.to, size);
  if (part.from >= to) return respond(416, typeOf(name), '', { ...headers, 'content-range': `bytes */${size}` });
  return respond(206, typeOf(name), stream, {
    ...headers,
    'content-range': `bytes ${part.from}-${to - 1}/${size}`,
    'content-length': String(to - part.from),
  });
}

function parseRange(header: string | undefined): ByteRange | undefined {
  const told = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '');
  if (!told) return undefined;
  const [from, last] = [Number(told[1]), told[2] === '' ? Number.MAX_SAFE_INTEGER - 1 : Number(told[2])];
  return last < from ? undefined : { from, to: last + 1 };
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
