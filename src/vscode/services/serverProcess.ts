import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Program } from './program.ts';

/** What `cli.js server --attach` prints about the server of a store, started by it or found running. */
export interface AttachedServer {
  readonly url: string;
  readonly pid: number;
  /** What the server asks for, if it does. */
  readonly token?: string;
}

/** ms after which a start is given up. */
const START_TIMEOUT = 30_000;

export interface ServerSettings {
  readonly port: number;
  /** `auto`, `token` or `none`. */
  readonly tokenMode: string;
}

/** Arguments that find or start the server of a store. */
export function attachArguments(store: string, { port, tokenMode }: ServerSettings): string[] {
  return [
    ...['server', '--backend-store-uri', store, '--default-artifact-root', pathToFileURL(store).href],
    ...['--port', String(port), '--token-mode', tokenMode, '--attach'],
  ];
}

export function stopArguments(store: string): string[] {
  return ['server', '--backend-store-uri', store, '--stop'];
}

/** Runs the program to its end. @throws Error with what the program said about its failure. */
export async function runProgram(program: Program): Promise<string> {
  const env = { ...process.env, ...program.env };
  try {
    return (await promisify(execFile)(program.command, program.args, { env, timeout: START_TIMEOUT })).stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(said || String(error), { cause: error });
  }
}

/** Reads the line of JSON that the program ends with. */
export function parseAttachedServer(output: string): AttachedServer {
  const line = output.trim().split('\n').at(-1) ?? '';
  const told: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  if (
    typeof told === 'object' &&
    told !== null &&
    'url' in told &&
    typeof told.url === 'string' &&
    'pid' in told &&
    typeof told.pid === 'number'
  ) {
    const token = 'token' in told && typeof told.token === 'string' ? { token: told.token } : {};
    return { url: told.url, pid: told.pid, ...token };
  }
  throw new Error(`The tracking server did not say where it listens: ${output.trim() || 'it said nothing.'}`);
}
