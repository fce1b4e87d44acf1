import type { Run } from '../../../entities/run.ts';
import type { RunLook } from '../runReader.ts';
import type { IndexFile, IndexRecord } from './indexFile.ts';
import { mergeSegments } from './mergeSegments.ts';
import { homeIdOf, isActive, runIdOf } from './packedRuns.ts';
import { RunPacker } from './runPacker.ts';
import type { LooseRun, Searched } from './runSearcher.ts';
import { lookAt, lookNumbers } from './scan.ts';
import { newSegment, type Segment, STAGE, UnpackedRuns } from './segment.ts';

/** Runs that were read one by one before they are packed. */
const LOOSE = 500;
/** Runs of a segment that stays as it is. */
const LARGE = 4_096;
/** How many smaller ones there may be, and at the end: the next start is quicker, and smaller, with few. */
const FEW = { most: 16, atLast: 4 };

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
  readonly loose = new Set<PlacedRun>();
  /** With the place of each of their runs. */
  readonly #segments = new Map<Segment, Place[]>();
  readonly #unsaved = new Set<Segment>();
  readonly #unpacked = new UnpackedRuns();
  readonly #file: IndexFile | undefined;
  #isFileScattered = false;

  constructor(file: IndexFile | undefined) {
    this.#file = file;
  }

  get segments(): Iterable<Segment> {
    return this.#segments.keys();
  }

  /** Reads what the file holds; what it says of a run replaces what it said before, whose place has to be removed. */
  load(onPlaced: OnPlaced): void {
    let count = 0;
    for (const record of this.#file?.load() ?? []) {
      count += record.packed.count;
      this.#place(record, onPlaced);
    }
    const alive = [...this.segments].reduce((sum, segment) => sum + segment.alive, 0);
    // Every run that was packed again left its old form behind.
    this.#isFileScattered = count > 2 * alive || this.#mergeSmall(FEW.most);
    this.#unsaved.clear();
  }

  /** Takes packed runs. The places of those that they replace have been removed. */
  add({ packed, looks }: IndexRecord, onPlaced: OnPlaced): void {
    if (packed.count === 0) return;
    this.#place({ packed, looks }, onPlaced);
    if (this.#mergeSmall(FEW.most)) this.#save();
  }

  unpack(segment: Segment, at: number): Run {
    return this.#unpacked.get(segment, at);
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
    if (segment.stages[at] === STAGE.gone) return;
    segment.stages[at] = STAGE.gone;
    segment.alive -= 1;
    if (segment.alive === 0) this.#drop(segment);
  }

  /** Packs runs that were put one by one, where there are many and they do not change any more, and keeps what is packed. */
  settle(): void {
    const done = [...this.loose].filter(({ place }) => !place.isActive && !place.isBroken);
    if (done.length > LOOSE) this.#pack(done);
    this.#mergeSmall(FEW.most);
    this.#save();
  }

  close(): void {
    const sound = [...this.loose].filter(({ place }) => !place.isBroken);
    if (this.#file && sound.length > 0) this.#pack(sound);
    if (this.#file && (this.#mergeSmall(FEW.atLast) || this.#isFileScattered)) {
      this.#file.rewrite([...this.segments].map(withoutGone));
    } else {
      this.#save();
    }
    this.#file?.close();
  }

  #place(record: IndexRecord, onPlaced: OnPlaced): void {
    const { packed } = record;
    const segment = newSegment(record);
    const places = Array.from({ length: packed.count }, (_, at): Place => {
      return { isActive: isActive(packed, at), isBroken: false, in: { segment, at } };
    });
    this.#keep(segment, places);
    places.forEach((place, at) => {
      onPlaced(homeIdOf(packed, at), runIdOf(packed, at), place);
    });
  }

  #keep(segment: Segment, places: Place[]): void {
    this.#segments.set(segment, places);
    this.#unsaved.add(segment);
  }

  /** Runs that were somewhere else in the table move into the segment. */
  #move(segment: Segment, places: Place[]): void {
    places.forEach((place, at) => {
      place.in = { segment, at };
    });
    this.#keep(segment, places);
  }

  #drop(segment: Segment): void {
    this.#segments.delete(segment);
    this.#unsaved.delete(segment);
  }

  #pack(runs: readonly PlacedRun[]): void {
    const packer = new RunPacker();
    for (const { experimentId, run } of runs) packer.add(experimentId, run);
    const looks = Float64Array.from(runs.flatMap(({ look }) => lookNumbers(look)));
    for (const run of runs) this.loose.delete(run);
    this.#move(
      newSegment({ packed: packer.finish(), looks }),
      runs.map(({ place }) => place),
    );
  }

  /** Joins small segments where there are more: a search takes some time for each. @returns whether it did */
  #mergeSmall(most: number): boolean {
    const small = [...this.segments].filter(({ alive }) => alive < LARGE);
    if (small.length <= most) return false;
    const places = small.flatMap((segment) => {
      return (this.#segments.get(segment) ?? []).filter((_, at) => segment.stages[at] !== STAGE.gone);
    });
    const merged = newSegment(mergeSegments(small));
    for (const segment of small) this.#drop(segment);
    this.#move(merged, places);
    return true;
  }

  #save(): void {
    for (const { packed, looks } of this.#unsaved) this.#file?.append({ packed, looks });
    this.#unsaved.clear();
  }
}

function withoutGone(segment: Segment): IndexRecord {
  const { packed, looks, alive } = segment;
  return alive === packed.count ? { packed, looks } : mergeSegments([segment]);
}

/** What a run's folder looked like when it was read. */
export function lookOfPlace({ in: place }: Place): RunLook {
  return 'segment' in place ? lookAt(place.segment.looks, place.at) : place.look;
}
