import type { LogOutputChannel } from 'vscode';
import type { Run } from '../../../entities/run.ts';
import type { Picture } from '../../../protocol/picture.ts';
import type { FactsByRun } from '../../../views/compareRuns/comparison.ts';
import { changedFiles } from '../../services/commitDiff.ts';
import type { Connection } from '../../services/connections.ts';
import { type ArtifactPlace, artifactFacts, listArtifacts } from '../comparedArtifacts.ts';
import { readPicture } from '../readPicture.ts';

/** A training that logs often shall not have its files listed as often (ms). */
const INTERVAL = 15_000;
const COMMIT = 'mlflow.source.git.commit';

type Places = ReadonlyMap<string, ReadonlyMap<string, ArtifactPlace>>;
type Artifacts = Awaited<ReturnType<typeof artifactFacts>>;

/** What a comparison is told beyond the runs: their files, and what has changed between their commits. */
export class ComparedFacts {
  readonly #connectionOf: (runId: string) => Connection;
  readonly #log: LogOutputChannel;
  readonly #changes = new Map<string, Promise<readonly string[] | undefined>>();
  #places: Places = new Map();
  #artifacts: Promise<Artifacts> | undefined;
  #listed = 0;

  constructor(connectionOf: (runId: string) => Connection, log: LogOutputChannel) {
    this.#connectionOf = connectionOf;
    this.#log = log;
  }

  /** Everything is read anew at the next time. */
  forget(): void {
    this.#artifacts = undefined;
    this.#changes.clear();
  }

  async read(runs: readonly Run[], baselineId: string | undefined): Promise<FactsByRun> {
    const isLive = runs.some(({ info }) => info.status === 'RUNNING');
    if (isLive && Date.now() > this.#listed + INTERVAL) this.#artifacts = undefined;
    if (!this.#artifacts) this.#listed = Date.now();
    this.#artifacts ??= this.#readArtifacts(runs);
    const artifacts = await this.#artifacts;
    const baseline = runs.find(({ info }) => info.runId === baselineId) ?? runs[0];
    const facts = runs.map(async (run) => {
      const files = await this.#changedFiles(baseline?.data.tags.get(COMMIT), run.data.tags.get(COMMIT));
      const own = { artifacts: artifacts.get(run.info.runId) ?? new Map(), changedFiles: files };
      return [run.info.runId, own] as const;
    });
    return new Map(await Promise.all(facts));
  }

  image(runId: string, path: string): Promise<Picture> {
    return readPicture(this.#connectionOf(runId), path, this.#places.get(runId)?.get(path));
  }

  async #readArtifacts(runs: readonly Run[]): Promise<Artifacts> {
    const listed = runs.map(async (run) => {
      // A root that cannot be listed from here, such as a bucket, leaves its files out, and nothing else.
      const files = await listArtifacts(this.#connectionOf(run.info.runId), run).catch((error) => {
        this.#log.warn(`The artifacts of run ${run.info.runId} could not be listed: ${error}`);
        return new Map<string, ArtifactPlace>();
      });
      return [run.info.runId, files] as const;
    });
    this.#places = new Map(await Promise.all(listed));
    return artifactFacts(this.#connectionOf, this.#places);
  }

  async #changedFiles(from: string | undefined, to: string | undefined): Promise<readonly string[] | undefined> {
    if (from === undefined || to === undefined || from === to) return undefined;
    const key = `${from} ${to}`;
    const known = this.#changes.get(key) ?? changedFiles(from, to).catch(() => undefined);
    this.#changes.set(key, known);
    return known;
  }
}
