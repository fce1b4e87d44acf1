import fs from 'node:fs';

export const FAULTS = ['ENOSPC', 'EACCES', 'EIO', 'EMFILE', 'EROFS', 'short'] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultPlan {
  readonly fault: Fault;
  /** The first call that fails, counted from 1. */
  readonly at: number;
  /** Whether all calls from there on fail, where the fault can meet them: a disk that is full stays full. */
  readonly lasts: boolean;
}

/** What a call does, which decides by which faults it can be met. */
type Kind = 'open' | 'write' | 'make' | 'remove' | 'look' | 'handle';

/** The functions that the program calls, each by the name that it has in `node:fs`. */
const KINDS: Readonly<Record<string, Kind>> = {
  openSync: 'open',
  readFileSync: 'open',
  readdirSync: 'open',
  writeFileSync: 'write',
  writeSync: 'write',
  mkdirSync: 'make',
  renameSync: 'make',
  linkSync: 'make',
  cpSync: 'make',
  rmSync: 'remove',
  unlinkSync: 'remove',
  statSync: 'look',
  lstatSync: 'look',
  realpathSync: 'look',
  fstatSync: 'handle',
  readSync: 'handle',
  ftruncateSync: 'handle',
  closeSync: 'handle',
  // What streams of artifacts call.
  open: 'open',
  write: 'write',
  writev: 'write',
  close: 'handle',
};

const MEETS: Readonly<Record<Exclude<Fault, 'short'>, readonly Kind[]>> = {
  ENOSPC: ['write', 'make'],
  EACCES: ['open', 'make', 'remove', 'look'],
  EIO: ['open', 'write', 'make', 'remove', 'look', 'handle'],
  EMFILE: ['open'],
  EROFS: ['write', 'make', 'remove'],
};

type Call = (...args: unknown[]) => unknown;
const real = fs as unknown as Record<string, Call>;

/**
 * Files that fail: as long as it is armed, calls of `node:fs` are counted, and those of the plan fail as the system would
 * let them. Also files that are closed with an error are closed.
 */
export class FaultyFiles {
  readonly #originals = new Map<string, Call>();
  #plan: FaultPlan | undefined;
  #calls = 0;
  #hits: string[] = [];
  #depth = 0;

  /** Starts to count. @param plan nothing fails when absent. */
  arm(plan?: FaultPlan): void {
    this.#plan = plan;
    this.#calls = 0;
    this.#hits = [];
    for (const [name, kind] of Object.entries(KINDS)) {
      const original = real[name];
      if (!original) continue;
      this.#originals.set(name, original);
      const replaced = name.endsWith('Sync') ? this.#sync(name, kind, original) : this.#async(name, kind, original);
      // `realpathSync.native` and the like stay.
      real[name] = Object.assign(replaced, original);
    }
  }

  /** @returns how many calls were counted, and the names of those that failed. */
  disarm(): { readonly calls: number; readonly hits: readonly string[] } {
    for (const [name, original] of this.#originals) real[name] = original;
    this.#originals.clear();
    return { calls: this.#calls, hits: this.#hits };
  }

  #sync(name: string, kind: Kind, original: Call): Call {
    return (...args) => {
      // Some call others.
      if (this.#depth > 0) return original(...args);
      const fault = this.#next(name, kind, args);
      this.#depth += 1;
      try {
        if (!fault) return original(...args);
        if (name === 'closeSync') original(...args);
        if (name === 'rmSync' && fault === 'EIO') removeSome(args[0]);
        if (fault === 'short') return writeSome(name, original, args);
        if (name === 'writeFileSync' && fault !== 'EACCES') tryTo(() => writeSome(name, original, args));
        throw systemError(fault, name, args[0]);
      } finally {
        this.#depth -= 1;
      }
    };
  }

  #async(name: string, kind: Kind, original: Call): Call {
    return (...args) => {
      const fault = this.#next(name, kind, args);
      if (!fault || fault === 'short') return original(...args);
      const done = args.at(-1) as (error: Error) => void;
      if (name === 'close') original(args[0], () => done(systemError(fault, name, undefined)));
      else setImmediate(done, systemError(fault, name, args[0]));
      return undefined;
    };
  }

  #next(name: string, kind: Kind, args: readonly unknown[]): Fault | undefined {
    this.#calls += 1;
    const plan = this.#plan;
    if (!plan || this.#calls < plan.at || (this.#calls > plan.at && !plan.lasts)) return undefined;
    if (!meets(plan.fault, name, kind, args)) return undefined;
    // A disk that stays full lets names be changed.
    if (plan.lasts && plan.fault === 'ENOSPC' && (name === 'renameSync' || name === 'linkSync')) return undefined;
    this.#hits.push(name);
    return plan.fault;
  }
}

function meets(fault: Fault, name: string, kind: Kind, args: readonly unknown[]): boolean {
  if (fault === 'short') return name === 'writeSync' || name === 'writeFileSync';
  // Opening what is to be written needs space and permission.
  const makes = kind === 'open' && (name === 'openSync' || name === 'open') && isForWriting(args[1]);
  return MEETS[fault].includes(kind) || (makes && MEETS[fault].includes('make'));
}

function isForWriting(flags: unknown): boolean {
  return typeof flags === 'string' ? flags !== 'r' : typeof flags === 'number' && (flags & 3) !== 0;
}

function systemError(code: Fault, name: string, target: unknown): Error {
  const syscall = name.replace(/Sync$|FileSync$/, '');
  const place = typeof target === 'string' ? { path: target } : {};
  return Object.assign(new Error(`${code}: made to fail, ${syscall}`), { code, errno: -1, syscall, ...place });
}

/** As a disk that becomes full: the first half, and for whole files the error that follows it. */
function writeSome(name: string, original: Call, [target, content, ...rest]: unknown[]): unknown {
  const bytes = Buffer.from(content as string | Uint8Array);
  const half = bytes.subarray(0, bytes.length >> 1);
  const written = original(target, half, ...rest);
  if (name === 'writeSync') return written;
  throw systemError('ENOSPC', name, target);
}

function tryTo(work: () => void): void {
  try {
    work();
  } catch {
    // The fault that is thrown next is the one that counts.
  }
}

/** A folder that is removed only in part. */
function removeSome(target: unknown): void {
  if (typeof target !== 'string' || !fs.existsSync(target) || !fs.lstatSync(target).isDirectory()) return;
  const [first] = fs.readdirSync(target);
  if (first !== undefined) fs.rmSync(`${target}/${first}`, { recursive: true });
}
