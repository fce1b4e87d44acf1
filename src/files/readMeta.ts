import { setTimeout as sleep } from 'node:timers/promises';
import { type Meta, parseMeta } from './metaYaml.ts';
import { readText } from './read.ts';

/** MLflow truncates a run's meta.yaml before it writes it again: an empty one is read again after these times (ms). */
const PAUSES = [5, 50, 150];

/**
 * Reads a meta.yaml; `undefined` where there is none.
 * @throws an Error that says what is wrong with it.
 */
export async function readMeta(file: string): Promise<Meta | undefined> {
  for (const pause of [...PAUSES, 0]) {
    const text = readText(file);
    if (text === undefined) return undefined;
    if (text.trim() !== '') return parseMeta(text);
    if (pause > 0) await sleep(pause);
  }
  throw new Error('it is empty');
}
