import type { Run } from '../../../entities/run.ts';
import type { RunLook } from '../runReader.ts';
import type { IndexFile, IndexRecord } from './indexFile.ts';
import { homeIdOf, isActive, RunPacker, runIdOf, unpackRun } from './packedRuns.ts';
import type { LooseRun, Searched, Segment } from './runSearcher.ts';
import { lookAt, lookNumbers } from './scan.ts';

/** Runs that were read one by one before they are packed. */
const LOOSE = 500;

/** Where a run is in the table. It may move there. */
export interface Place {
  readonly isActive: boolean;
  /** Whether something of it could not be read: it is never taken from the file, which does not tell what. */
  readonly isBroken: boolean;
  in: PackedPlace | PlacedRun;
}

interface PackedPlace {
  readonly segment: Segment;
  readonly at: number;
}

interface PlacedRun extends LooseRun {
  readonly look: RunLook;
  readonly place: Place;
}

/** Told where a packed run has been put. */
export type OnPlaced = (experimentId: string, runId: string, place: Place) => void;

/** The runs of a store: nearly all of them packed, those that change as they are. What is packed is also kept in a file. */
export class RunTable implements Searched {
  readonly segments = new Set<Segment>();
  readonly loose = new Set<PlacedRun>();
  readonly #file: IndexFile | undefined;

  constructor(file: IndexFile | undefined) {
    this.#file = file;
  }

  /** Reads what the file holds. */
  load(onPlaced: OnPlaced): void {
    const places = new Map<string, Place>();
    let count = 0;
    for (const record of this.#file?.load() ?? []) {
      count += record.packed.count;
      this.#place(record, (experimentId, runId, place) => {
        const name = `${experimentId}/${runId}`;
        this.remove(places.get(name));
        places.set(name, place);
        onPlaced(experimentId, runId, place);
      });
    }
    // Every run that was packed again left its old form behind.
    if (count > 2 * places.size) this.#file?.rewrite([...this.segments].map(alive));
  }

  /** Takes packed runs. The places of those that they replace have been removed. */
  add(record: IndexRecord, onPlaced: OnPlaced): void {
    if (record.packed.count === 0) return;
    this.#place(record, onPlaced);
    this.#file?.append({ packed: record.packed, looks: record.looks });
  }

  put(experimentId: string, run: Run, look: RunLook, isBroken: boolean): Place {
    const placed = { experimentId, run, look } as { -readonly [name in keyof PlacedRun]: PlacedRun[name] };
    placed.place = { isActive: run.info.status === 'RUNNING', isBroken, in: placed };
    this.loose.add(placed);
    return placed.place;
  }

  remove(place: Place | undefined): void {
    if (!place) return;
    if (!('segment' in place.in)) {
      this.loose.delete(place.in);
      return;
    }
    const { segment, at } = place.in;
    if (segment.isAlive[at] === 0) return;
    segment.isAlive[at] = 0;
    segment.alive -= 1;
    if (segment.alive === 0) this.segments.delete(segment);
  }

  /** Packs runs that were put one by one, where there are many and they do not change any more. */
  settle(): void {
    const done = [...this.loose].filter(({ place }) => !place.isActive && !place.isBroken);
    if (done.length > LOOSE) this.#pack(done);
  }

  close(): void {
    const sound = [...this.loose].filter(({ place }) => !place.isBroken);
    if (this.#file && sound.length > 0) this.#pack(sound);
    this.#file?.close();
  }

  #place(record: IndexRecord, onPlaced: OnPlaced): Segment {
    const { packed } = record;
    const segment = { ...record, isAlive: new Uint8Array(packed.count).fill(1), alive: packed.count };
    this.segments.add(segment);
    for (let at = 0; at < packed.count; at++) {
      const place = { isActive: isActive(packed, at), isBroken: false, in: { segment, at } };
      onPlaced(homeIdOf(packed, at), runIdOf(packed, at), place);
    }
    return segment;
  }

  #pack(runs: readonly PlacedRun[]): void {
    const record = pack(runs);
    const segment = this.#place(record, () => {});
    runs.forEach((run, at) => {
      this.loose.delete(run);
      run.place.in = { segment, at };
    });
    this.#file?.append(record);
  }
}

/** What a run's folder looked like when it was read. */
export function lookOfPlace({ in: place }: Place): RunLook {
  return 'segment' in place ? lookAt(place.segment.looks, place.at) : place.look;
}

function alive({ packed, looks, isAlive, alive: count }: Segment): IndexRecord {
  if (count === packed.count) return { packed, looks };
  const rows = Array.from(isAlive, (flag, at) => (flag === 1 ? at : -1)).filter((at) => at >= 0);
  return pack(
    rows.map((at) => ({
      experimentId: homeIdOf(packed, at),
      run: unpackRun(packed, at),
      look: lookAt(looks, at),
    })),
  );
}

function pack(runs: readonly Omit<PlacedRun, 'place'>[]): IndexRecord {
  const packer = new RunPacker();
  for (const { experimentId, run } of runs) packer.add(experimentId, run);
  return { packed: packer.finish(), looks: Float64Array.from(runs.flatMap(({ look }) => lookNumbers(look))) };
}
