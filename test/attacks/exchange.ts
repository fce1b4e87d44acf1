import net from 'node:net';

/** What came back over a socket. */
export interface Reply {
  /** 0 where the connection was closed without a word. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
  /** ms from the last byte of the request to the first of the answer. */
  readonly time: number;
}

/** ms after which a request counts as one that hangs. */
const LIMIT = 5_000;

/** Sends bytes as they are over a connection of their own. */
export function exchange(port: number, bytes: string | Buffer, limit = LIMIT): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sent = 0;
    let time = 0;
    const socket = net.connect(port, '127.0.0.1', () => {
      sent = performance.now();
      socket.write(bytes);
    });
    socket.setNoDelay().setTimeout(limit, () => socket.destroy(new Error(`no answer in ${limit} ms`)));
    const end = () => resolve({ ...parse(Buffer.concat(chunks)), time });
    socket.on('data', (chunk) => {
      time ||= performance.now() - sent;
      chunks.push(chunk);
      if (!isWhole(Buffer.concat(chunks).toString('latin1'))) return;
      end();
      socket.destroy();
    });
    // Who stops reading may reset the connection; the answer has come before.
    socket.on('error', (error) => (chunks.length > 0 || 'code' in error ? end() : reject(error)));
    socket.on('close', end);
  });
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const length = /^content-length: (\d+)/im.exec(text.slice(0, Math.max(0, end)))?.[1];
  return end >= 0 && length !== undefined && text.length >= end + 4 + Number(length);
}

function parse(bytes: Buffer): Omit<Reply, 'time'> {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, end < 0 ? bytes.length : end).toString('latin1');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    head: head.toLowerCase(),
    body: end < 0 ? '' : bytes.subarray(end + 4).toString(),
  };
}

export interface RawRequest {
  readonly method?: string;
  readonly target: string;
  /** `%PORT%` stands for the port. Replaces all of the headers but those of the body. */
  readonly headers?: readonly string[];
  readonly body?: string | undefined;
  readonly type?: string;
  readonly version?: string;
}

/** The bytes of a request, which may be wrong in any way. */
export function requestBytes(port: number, request: RawRequest): Buffer {
  const { target, headers = ['Host: 127.0.0.1:%PORT%'], body, type = 'application/json', version = '1.1' } = request;
  const method = request.method ?? (body === undefined ? 'GET' : 'POST');
  const ofBody =
    body === undefined
      ? []
      : [...(type ? [`Content-Type: ${type}`] : []), `Content-Length: ${Buffer.byteLength(body)}`];
  const lines = [`${method} ${target} HTTP/${version}`, ...headers, ...ofBody, '', body ?? ''];
  return Buffer.from(lines.join('\r\n').replaceAll('%PORT%', String(port)));
}
