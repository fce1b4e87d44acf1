import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** How many runs a generated store has, and what each of them. */
export interface StoreShape {
  readonly runs: number;
  readonly params: number;
  readonly metrics: number;
  readonly points: number;
  readonly tags: number;
}

export interface GeneratedStore extends StoreShape {
  readonly root: string;
  readonly experimentIds: readonly string[];
}

/** Stores of growing size. The largest has fewer files a run, so that it can be made within minutes. */
export type StoreSizes = Readonly<Record<'small' | 'medium' | 'large', StoreShape>>;

export function storeSizes(runs: number): StoreSizes {
  const whole = { params: 10, metrics: 10, points: 100, tags: 5 };
  return {
    small: { ...whole, runs: Math.ceil(runs / 10) },
    medium: { ...whole, runs },
    large: { params: 2, metrics: 2, points: 1, tags: 1, runs: 10 * runs },
  };
}

/** A share of the work of making a store. */
export interface Generation extends StoreShape {
  readonly root: string;
  readonly experiments: number;
  readonly share: number;
  readonly shares: number;
}

const EXPERIMENTS = 10;
/** Raised whenever other files are generated for the same shape. */
const FORMAT = 1;

/** A store of this shape, which is made once and then kept among the temporary files. */
export async function generatedStore(shape: StoreShape): Promise<GeneratedStore> {
  const user = os.userInfo().username;
  const name = [FORMAT, shape.runs, shape.params, `${shape.metrics}x${shape.points}`, shape.tags].join('-');
  const folder = path.join(os.tmpdir(), `mlflow-workbench-bench-${user}`, name);
  const complete = path.join(folder, 'complete');
  const root = path.join(folder, 'mlruns');
  const experimentIds = Array.from({ length: EXPERIMENTS }, (_, at) => String(at + 1));
  if (fs.existsSync(complete)) {
    // What a bench that was ended has left.
    const foreign = fs.readdirSync(root).filter((entry) => !experimentIds.includes(entry));
    for (const entry of foreign) fs.rmSync(path.join(root, entry), { recursive: true });
  } else {
    process.stderr.write(`generating ${shape.runs} runs in ${root}\n`);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(root, { recursive: true, mode: 0o700 });
    const shares = os.availableParallelism();
    await Promise.all(
      Array.from({ length: shares }, (_, share) =>
        generate({ ...shape, root, experiments: EXPERIMENTS, share, shares }),
      ),
    );
    fs.writeFileSync(complete, '');
  }
  return { ...shape, root, experimentIds };
}

/** The id of a generated run. */
export function runIdOf(run: number): string {
  return createHash('md5').update(String(run)).digest('hex');
}

function generate(work: Generation): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./generateStore.ts', import.meta.url), { workerData: work });
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}
