import path from 'node:path';
import type { StoreProblem } from '../../entities/change.ts';

/** A file that a reader leaves out. */
export interface FileProblem {
  readonly file: string;
  readonly message: string;
}

/** What a reader calls for a file that it leaves out. */
export type ReportProblem = (file: string, message: string) => void;

/** What could not be read so far. Reading a folder again replaces what was known about it. */
export class Problems {
  readonly #root: string;
  readonly #byFolder = new Map<string, StoreProblem[]>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Forgets the problems of a folder (its path, or that of a run in its experiment) and collects its new ones. */
  reader(folder: string, owner: Pick<StoreProblem, 'experimentId' | 'runId'>): ReportProblem {
    this.#byFolder.delete(folder);
    return (file, message) => {
      const relative = path.relative(this.#root, file).split(path.sep).join('/');
      const list = this.#byFolder.get(folder) ?? [];
      this.#byFolder.set(folder, [...list, { path: relative, message, ...owner }]);
    };
  }

  /** Replaces what was known about a run. */
  setRun(experimentId: string, runId: string, problems: readonly FileProblem[]): void {
    const report = this.reader(`${experimentId}/${runId}`, { experimentId, runId });
    for (const { file, message } of problems) report(file, message);
  }

  all(): readonly StoreProblem[] {
    return [...this.#byFolder.values()].flat();
  }
}
