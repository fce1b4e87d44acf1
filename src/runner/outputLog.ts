import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ArtifactRepositories } from '../artifacts/repository.ts';
import type { RunInfo } from '../entities/run.ts';

/** Name of the artifact. */
const ARTIFACT = 'output.log';

/** What a command says, shown as it comes and kept to become an artifact of its run. */
export class OutputLog {
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-output-'));
  readonly #file = path.join(this.#folder, ARTIFACT);
  readonly #handle = fs.openSync(this.#file, 'w');

  /** Written at once, so that the order of both streams stays. */
  add(chunk: Buffer, to: NodeJS.WriteStream): void {
    fs.writeSync(this.#handle, chunk);
    to.write(chunk);
  }

  /** Makes it an artifact of the run, and is done. @throws an Error where the artifacts of the run cannot be written */
  async upload(run: RunInfo, artifacts: ArtifactRepositories): Promise<void> {
    fs.closeSync(this.#handle);
    try {
      await artifacts.open(run.artifactUri).write(ARTIFACT, fs.createReadStream(this.#file));
    } finally {
      fs.rmSync(this.#folder, { recursive: true, force: true });
    }
  }
}
