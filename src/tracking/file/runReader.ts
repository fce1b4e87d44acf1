import fs from 'node:fs';
import path from 'node:path';
import type { DatasetInput } from '../../entities/dataset.ts';
import { parseInt64 } from '../../entities/int64.ts';
import type { Metric } from '../../entities/metric.ts';
import type { ModelInput, ModelOutput, Run } from '../../entities/run.ts';
import { combineLooks, type FileBytes, FileReader, lookIfShown, lookOf, type StartOf } from '../../files/fileReader.ts';
import { mapField, requiredText, textField } from '../../files/metaFields.ts';
import type { Meta } from '../../files/metaYaml.ts';
import { isSystemError, unlessForbidden, unlessMissing } from '../../files/missing.ts';
import { isTemporary, stat } from '../../files/read.ts';
import { EmptyMeta, parseWholeMeta, patiently } from '../../files/readMeta.ts';
import { DATASET, DATASETS, INPUTS, LINK, METRICS, metaFile, OUTPUTS, PARAMS, TAGS } from './layout.ts';
import { LatestPoints } from './metrics/latestPoints.ts';
import { describeBroken, latestPoint, parseMetricFile } from './metrics/metricFile.ts';
import type { FileProblem } from './problems.ts';
import { runInfoOf } from './runFile.ts';

const RUN_NAME_TAG = 'mlflow.runName';
/** The folders of a run whose files are named by keys, and those whose folders hold a link each. */
const KEYED = [METRICS, PARAMS, TAGS] as const;
const LINKED = [INPUTS, OUTPUTS] as const;

/** What a run's folder looked like when it was read: another number says that it changed. */
export interface RunLook {
  /** Of its meta file alone, 0 where there was none. */
  readonly meta: number;
  /** Of everything that was read. */
  readonly all: number;
  /** Whether a file was so young when it was read that it may have been written again without looking different. */
  readonly isRacy: boolean;
}

/** ms. The clocks of file systems tick slowly: up to 2 s (FAT). */
const RACY = 2_000;

export interface ReadRun {
  readonly look: RunLook;
  /** Absent where the folder is no run, or its meta file cannot be read. */
  readonly run: Run | undefined;
  readonly problems: readonly FileProblem[];
  /** Whether a meta file was empty: its writer may be at it just now. */
  readonly isUnfinished: boolean;
  /** The system's error, where it did not give the meta file. */
  readonly refusal: unknown;
}

/** Reads run folders, synchronously: many small files are read ten times faster so. A reader serves one caller at a time. */
export class RunReader {
  readonly #files = new FileReader();
  readonly #latest = new LatestPoints();
  #looks: number[] = [];
  #newest = 0;
  #problems: FileProblem[] = [];
  #isUnfinished = false;
  #refusal: unknown;

  /** Reads a run's folder. A file in it that cannot be read is a problem, and left out. */
  read(folder: string): ReadRun {
    this.#looks = [];
    this.#newest = 0;
    this.#problems = [];
    this.#isUnfinished = false;
    this.#refusal = undefined;
    const meta = metaFile(folder);
    const run = this.#trying(meta, () => this.#readRun(folder, meta));
    const [metaLook = 0] = this.#looks;
    const isRacy = this.#newest > Date.now() - RACY;
    const look = { meta: metaLook, all: combineLooks(this.#looks), isRacy };
    return {
      look,
      run,
      problems: this.#problems,
      isUnfinished: this.#isUnfinished,
      refusal: run ? undefined : this.#refusal,
    };
  }

  #readRun(folder: string, metaPath: string): Run | undefined {
    const meta = this.#readMeta(metaPath);
    const info = meta && runInfoOf(folder, meta);
    if (!info) return undefined;
    const metrics = new Map<string, Metric>();
    const startOf = (file: string) => this.#latest.startOf(file);
    this.#eachFile(path.join(folder, METRICS), '', startOf, (key, read, file) => {
      const latest = this.#latest.find(key, file, read) ?? this.#latestByLine(key, file, read);
      if (latest) metrics.set(key, latest);
    });
    const params = this.#readTexts(path.join(folder, PARAMS));
    const tags = this.#readTexts(path.join(folder, TAGS));
    const datasetInputs: DatasetInput[] = [];
    const modelInputs: ModelInput[] = [];
    const modelOutputs: ModelOutput[] = [];
    this.#eachLink(path.join(folder, INPUTS), (link) => {
      const id = requiredText(link, LINK.sourceId);
      if (textField(link, LINK.sourceType) === 'MODEL') modelInputs.push({ modelId: id });
      else datasetInputs.push(this.#readDatasetInput(folder, id, mapField(link, LINK.tags)));
    });
    this.#eachLink(path.join(folder, OUTPUTS), (link) => {
      const step = parseInt64(textField(link, LINK.step) ?? '0') ?? 0;
      modelOutputs.push({ modelId: requiredText(link, LINK.destinationId), step });
    });
    return {
      info: info.runName === '' ? { ...info, runName: tags.get(RUN_NAME_TAG) ?? '' } : info,
      data: { metrics, params, tags },
      datasetInputs,
      modelInputs,
      modelOutputs,
    };
  }

  #latestByLine(key: string, file: string, read: FileBytes): Metric | undefined {
    const whole = read.start === 0 ? read : this.#files.read(file);
    const { bytes } = typeof whole === 'object' ? whole : { bytes: Buffer.alloc(0) };
    const { points, broken } = parseMetricFile(key, bytes.toString());
    if (broken.length > 0) this.#problems.push({ file, message: describeBroken(broken) });
    return latestPoint(points);
  }

  #readTexts(folder: string): Map<string, string> {
    const texts = new Map<string, string>();
    this.#eachFile(folder, '', undefined, (key, { bytes }) => texts.set(key, textOf(bytes)));
    return texts;
  }

  /** Visits the files below a folder whose paths are keys. @param startOf says where the reading of each is to begin */
  #eachFile(
    folder: string,
    prefix: string,
    startOf: ((file: string) => StartOf) | undefined,
    visit: (key: string, read: FileBytes, file: string) => void,
  ): void {
    for (const name of this.#trying(folder, () => namesIn(folder)) ?? []) {
      const file = `${folder}${path.sep}${name}`;
      const key = `${prefix}${name}`;
      const found = this.#trying(file, () => this.#files.read(file, startOf?.(file))) ?? unreadable(file);
      if (found === 'folder') this.#eachFile(file, `${key}/`, startOf, visit);
      if (!found || found === 'folder' || isTemporary(name)) continue;
      this.#looks.push(found.look);
      this.#newest = Math.max(this.#newest, found.modified);
      if (found.bytes) visit(key, found, file);
    }
  }

  #eachLink(folder: string, visit: (link: Meta) => void): void {
    for (const name of this.#trying(folder, () => linksIn(folder)) ?? []) {
      const file = metaFile(path.join(folder, name));
      this.#trying(file, () => {
        const link = this.#readMeta(file);
        if (link) visit(link);
      });
    }
  }

  #readDatasetInput(folder: string, datasetId: string, tags: ReadonlyMap<string, string>): DatasetInput {
    const meta = this.#readMeta(metaFile(path.join(path.dirname(folder), DATASETS, datasetId)));
    if (!meta) throw new Error(`there is no dataset ${datasetId}`);
    this.#looks.pop(); // not a file of the run, and never written again
    const dataset = {
      name: requiredText(meta, DATASET.name),
      digest: requiredText(meta, DATASET.digest),
      sourceType: textField(meta, DATASET.sourceType) ?? '',
      source: textField(meta, DATASET.source) ?? '',
      schema: textField(meta, DATASET.schema),
      profile: textField(meta, DATASET.profile),
    };
    return { dataset, tags };
  }

  #readMeta(file: string): Meta | undefined {
    const found = this.#files.read(file);
    if (typeof found !== 'object') {
      this.#looks.push(0);
      return undefined;
    }
    this.#looks.push(found.look);
    this.#newest = Math.max(this.#newest, found.modified);
    return parseWholeMeta(textOf(found.bytes));
  }

  #trying<T>(file: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (error instanceof EmptyMeta) this.#isUnfinished = true;
      // The file may be fine, and will not look different when it can be read.
      if (isSystemError(error)) {
        this.#newest = Number.POSITIVE_INFINITY;
        this.#refusal = error;
      }
      this.#problems.push({ file, message: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }
}

/** Reads a run's folder, again where a meta file was empty. */
export function readPatiently(reader: RunReader, folder: string): Promise<ReadRun> {
  return patiently(
    () => reader.read(folder),
    ({ isUnfinished }) => !isUnfinished,
  );
}

/** What a run's folder looks like now, all of it, without reading its files (see `RunLook.all`). */
export function lookAtRun(folder: string): number {
  const looks = [lookIfShown(metaFile(folder))];
  for (const kind of KEYED) lookBelow(path.join(folder, kind), looks);
  for (const kind of LINKED) {
    for (const name of unlessForbidden(() => linksIn(path.join(folder, kind))) ?? [])
      looks.push(lookIfShown(metaFile(path.join(folder, kind, name))));
  }
  return combineLooks(looks);
}

/** What a run's meta file looks like now (see `RunLook.meta`). */
export function lookAtMeta(folder: string): number {
  return lookIfShown(metaFile(folder));
}

function lookBelow(folder: string, looks: number[]): void {
  for (const name of unlessForbidden(() => namesIn(folder)) ?? []) {
    const file = `${folder}${path.sep}${name}`;
    const stats = unlessForbidden(() => stat(file));
    if (stats?.isDirectory()) lookBelow(file, looks);
    else if (stats?.isFile() && !isTemporary(name)) looks.push(lookOf(stats));
  }
}

/** A file that is there and cannot be read. */
function unreadable(file: string) {
  const look = lookIfShown(file);
  return look === 0 ? undefined : { look, modified: 0, bytes: undefined };
}

/** Names in a folder in their order; none where there is no such folder. */
function namesIn(folder: string): string[] {
  return (unlessMissing(() => fs.readdirSync(folder)) ?? []).sort();
}

/** Names in a folder that few runs have (see `stat`). */
function linksIn(folder: string): string[] {
  return stat(folder) ? namesIn(folder) : [];
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
