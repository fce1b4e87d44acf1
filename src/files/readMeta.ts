import { setTimeout as sleep } from 'node:timers/promises';
import { type Meta, parseMeta } from './metaYaml.ts';
import { readText } from './read.ts';

/** MLflow truncates a run's meta.yaml before it writes it again: an empty one is read again after these times (ms). */
const PAUSES = [5, 50, 150];

/** A meta.yaml without content: somebody may be about to write it. */
export class EmptyMeta extends Error {
  constructor() {
    super('it is empty');
  }
}

/** @throws EmptyMeta, or an Error that says what is wrong with the text. */
export function parseWholeMeta(text: string): Meta {
  if (text.trim() === '') throw new EmptyMeta();
  return parseMeta(text);
}

/**
 * Reads a meta.yaml; `undefined` where there is none.
 * @throws an Error that says what is wrong with it.
 */
export function readMeta(file: string): Promise<Meta | undefined> {
  return patiently(() => {
    const text = readText(file);
    return text === undefined ? undefined : parseWholeMeta(text);
  });
}

/**
 * Reads again after a while where a meta.yaml was empty.
 * @param isWhole false for a result that an empty file inside of it is missing from; the last one is taken as it is.
 */
export async function patiently<T>(read: () => T, isWhole: (result: T) => boolean = () => true): Promise<T> {
  for (const pause of PAUSES) {
    try {
      const result = read();
      if (isWhole(result)) return result;
    } catch (error) {
      if (!(error instanceof EmptyMeta)) throw error;
    }
    await sleep(pause);
  }
  return read();
}
