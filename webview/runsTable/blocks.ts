import {
  type Block,
  type BlockCells,
  type RowHead,
  type RowsReply,
  type RowsRequest,
  BLOCK_ROWS as SIZE,
} from '../../src/protocol/runsTable.ts';

/** Blocks that are kept. */
const KEPT = 60;

interface KeptBlock {
  readonly heads: readonly RowHead[];
  readonly cells: Map<string, BlockCells>;
  isOld: boolean;
}

export interface CellTexts {
  readonly text: string | null;
  readonly full: string | undefined;
  readonly heat: number;
  /** It tells of the runs below the run. */
  readonly isDerived: boolean;
}

/** What the page wants to see. */
export interface Wanted {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly columns: readonly string[];
  /** Columns beside those of the window, which come next when it moves. */
  readonly nextColumns: readonly string[];
  readonly anchors: readonly string[];
}

/** The rows that were read: some blocks around the window. What is old stays until something newer has come. */
export class Blocks {
  readonly #ask: (request: RowsRequest) => Promise<RowsReply>;
  readonly #onRead: (places: ReadonlyMap<string, number>) => void;
  readonly #blocks = new Map<number, KeptBlock>();
  #version = 0;
  #isBusy = false;
  #wanted: Wanted | undefined;

  constructor(
    ask: (request: RowsRequest) => Promise<RowsReply>,
    onRead: (places: ReadonlyMap<string, number>) => void,
  ) {
    this.#ask = ask;
    this.#onRead = onRead;
  }

  head(row: number): RowHead | undefined {
    return this.#blocks.get(Math.floor(row / SIZE))?.heads[row % SIZE];
  }

  cell(row: number, column: string): CellTexts | undefined {
    const cells = this.#blocks.get(Math.floor(row / SIZE))?.cells.get(column);
    const at = row % SIZE;
    const text = cells?.texts[at];
    if (!cells || text === undefined) return undefined;
    const isDerived = cells.derived?.includes(at) ?? false;
    return { text, full: cells.full[at], heat: cells.heat?.[at] ?? -1, isDerived };
  }

  /** Everything that was read may have changed. */
  age(): void {
    this.#version += 1;
    for (const block of this.#blocks.values()) block.isOld = true;
  }

  /** Takes rows that came without being asked for. */
  take(block: Block): void {
    this.#keep(block, this.#version);
  }

  /** Reads what is missing of the window, and of what comes next. */
  want(wanted: Wanted): void {
    this.#wanted = wanted;
    if (!this.#isBusy) void this.#read();
  }

  async #read(): Promise<void> {
    this.#isBusy = true;
    for (let missing = this.#missing(); missing; missing = this.#missing()) {
      const version = this.#version;
      const anchors = this.#wanted?.anchors ?? [];
      try {
        const { block, places } = await this.#ask({ ...missing, anchors });
        this.#keep(block, version);
        const isNew = version === this.#version;
        this.#onRead(new Map(isNew ? anchors.map((runId, at) => [runId, places[at] ?? -1]) : []));
      } catch {
        break; // the extension is about to say why
      }
    }
    this.#isBusy = false;
  }

  /** The first stretch of blocks that have to be read: those of the window first, then what is around it. */
  #missing(): Omit<RowsRequest, 'anchors'> | undefined {
    if (!this.#wanted) return undefined;
    const { from, to, rows, columns, nextColumns } = this.#wanted;
    const [first, last] = [Math.floor(from / SIZE), Math.floor(Math.max(from, to - 1) / SIZE)];
    const lastOfAll = Math.floor(Math.max(0, rows - 1) / SIZE);
    for (const [a, b, keys] of [
      [first, last, columns],
      [first, last, nextColumns],
      [last + 1, last + 1, columns],
      [first - 1, first - 1, columns],
    ] as const) {
      const stretch = range(Math.max(0, a), Math.min(b, lastOfAll));
      const own = stretch.filter((at) => this.#missingColumns(at, rows, keys) !== undefined);
      const [start, end] = [own[0], own.at(-1)];
      if (start === undefined || end === undefined) continue;
      return {
        from: start * SIZE,
        to: Math.min(rows, (end + 1) * SIZE),
        columns: [...new Set(range(start, end).flatMap((at) => this.#missingColumns(at, rows, keys) ?? []))],
        // What is read ahead cannot be seen.
        visible: keys === columns ? { from, to } : { from: 0, to: 0 },
      };
    }
    return undefined;
  }

  /** @returns columns that a block lacks; nothing where it lacks none */
  #missingColumns(at: number, rows: number, keys: readonly string[]): readonly string[] | undefined {
    const block = this.#blocks.get(at);
    if (!block || block.isOld) return keys;
    if (block.heads.length < Math.min(SIZE, rows - at * SIZE) && block.heads.length === 0) return undefined;
    const missing = keys.filter((key) => !block.cells.has(key));
    return missing.length > 0 ? missing : undefined;
  }

  #keep({ from, heads, cells }: Block, version: number): void {
    const isOld = version !== this.#version;
    // Blocks of two versions beside each other would show a run twice.
    if (!isOld) for (const [at, block] of this.#blocks) if (block.isOld) this.#blocks.delete(at);
    const count = Math.max(1, Math.ceil(heads.length / SIZE));
    for (let nth = 0; nth < count; nth++) {
      const [start, at] = [nth * SIZE, from / SIZE + nth];
      const known = this.#blocks.get(at);
      const kept = new Map(known && !known.isOld ? known.cells : []);
      for (const [key, column] of Object.entries(cells)) kept.set(key, part(column, start));
      this.#blocks.delete(at);
      this.#blocks.set(at, { heads: heads.slice(start, start + SIZE), cells: kept, isOld });
    }
    for (const at of [...this.#blocks.keys()].slice(0, Math.max(0, this.#blocks.size - KEPT))) this.#blocks.delete(at);
  }
}

function part({ texts, full, derived, heat }: BlockCells, start: number): BlockCells {
  const own = Object.entries(full).flatMap(([at, text]) => {
    const place = Number(at) - start;
    return place >= 0 && place < SIZE ? [[place, text] as const] : [];
  });
  return {
    texts: texts.slice(start, start + SIZE),
    full: Object.fromEntries(own),
    derived: derived?.filter((at) => at >= start && at < start + SIZE).map((at) => at - start),
    heat: heat?.slice(start, start + SIZE),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}
