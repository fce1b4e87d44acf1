import type { ApiRequest, App } from '../../src/server/http.ts';

/** `fetch` that calls an app in process: the same requests and responses without a socket. */
export function appFetch(app: App): typeof fetch {
  return async (input, init = {}) => {
    const request = new Request(input, init as RequestInit);
    // As sent: the URL class would fold `..` and `%2e`.
    const target = String(input instanceof Request ? input.url : input).replace(/^https?:\/\/[^/]*/, '');
    const response = await app(toApiRequest(request, target));
    const { status, headers, body } = response;
    const stream = typeof body === 'string' || body instanceof Uint8Array ? body : ReadableStream.from(encode(body));
    return new Response(stream as ReadableStream, { status, headers: { ...headers } });
  };
}

function toApiRequest(request: Request, target: string): ApiRequest {
  const mark = target.indexOf('?');
  const body: AsyncIterable<Uint8Array> = request.body ?? ReadableStream.from<Uint8Array>([]);
  return {
    method: request.method,
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark)),
    header: (name) => request.headers.get(name) ?? undefined,
    body,
    async readBody(limit) {
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of body) {
        size += chunk.length;
        if (size > limit) return undefined;
        chunks.push(chunk);
      }
      return Buffer.concat(chunks, size);
    },
    signal: request.signal,
  };
}

/** A response's body is bytes, as over a socket. */
async function* encode(body: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
