import net from 'node:net';

const HEAD_END = '\r\n\r\n';

/** What is awaited of the answer whose head has come. */
interface Expected {
  readonly status: number;
  readonly head: number;
  /** bytes of the body; absent where the body comes in chunks. */
  readonly length: number | undefined;
}

/** One connection that is kept open, over a plain socket: a client that does more would be the bottleneck. */
export class Connection {
  readonly #socket: net.Socket;
  readonly #host: string;
  #bytes: Buffer = Buffer.alloc(0);
  #more: Buffer[] = [];
  #size = 0;
  #expected: Expected | undefined;
  #answer: { resolve(body: Buffer): void; reject(error: Error): void } | undefined;

  private constructor(socket: net.Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => this.#answer?.reject(error));
    socket.on('close', () => this.#answer?.reject(new Error('the connection was closed')));
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = net.connect({ port: Number(port), host: hostname, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket, host));
      });
    });
  }

  get(path: string): Promise<Buffer> {
    return this.#send(`GET ${path} HTTP/1.1\r\nHost: ${this.#host}${HEAD_END}`);
  }

  /** @param json of ASCII characters. @throws where the answer is not 200. */
  post(path: string, json: string): Promise<Buffer> {
    return this.#send(
      `POST ${path} HTTP/1.1\r\nHost: ${this.#host}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${json.length}${HEAD_END}${json}`,
    );
  }

  close(): void {
    this.#answer = undefined;
    this.#socket.destroy();
  }

  #send(request: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
      this.#socket.write(request, 'latin1');
    });
  }

  #read(chunk: Buffer): void {
    this.#more.push(chunk);
    this.#size += chunk.length;
    if (!this.#expected) {
      this.#bytes = this.#all();
      this.#expected = readHead(this.#bytes);
    }
    if (!this.#expected) return;
    const { head, length, status } = this.#expected;
    if (length === undefined ? !endsChunks(chunk) : this.#size < head + length) return;
    const body = this.#all().subarray(head);
    this.#more = [];
    this.#size = 0;
    this.#expected = undefined;
    if (status === 200) this.#answer?.resolve(body);
    else this.#answer?.reject(new Error(`${status} ${body.toString().slice(0, 500)}`));
  }

  #all(): Buffer {
    const [first] = this.#more;
    if (first && this.#more.length === 1) return first;
    const all = Buffer.concat(this.#more, this.#size);
    this.#more = [all];
    return all;
  }
}

function readHead(bytes: Buffer): Expected | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const text = bytes.toString('latin1', 0, end);
  const length = /content-length: *(\d+)/i.exec(text)?.[1];
  return {
    status: Number(text.slice(9, 12)),
    head: end + HEAD_END.length,
    length: length === undefined ? undefined : Number(length),
  };
}

function endsChunks(chunk: Buffer): boolean {
  return chunk.toString('latin1', Math.max(0, chunk.length - 5)) === '0\r\n\r\n';
}
