import { invalidParameter } from '../../entities/error.ts';
import { checkFileNames, checkKey, checkNamesFit } from '../../entities/limits.ts';

const MAX_TAG_VALUE = 100_000;
const MAX_ALIAS = 255;

/** A registered model's name, which is the name of its folder. */
export function checkModelName(name: string): void {
  if (name.trim() === '') throw invalidParameter("Missing value for required parameter 'name'.");
  if (/[/:]/.test(name)) throw invalidParameter(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  if (name === '.' || name === '..') checkKey(name, 'name');
  if (/[\\%\0]/.test(name)) {
    throw invalidParameter(`Invalid name: '${name}'. Registered model name cannot contain path separator`);
  }
  checkFileNames(name, 'Invalid name: ');
}

export function checkTag(key: string, value = ''): void {
  checkKey(key, 'key');
  if (value.length > MAX_TAG_VALUE) {
    throw invalidParameter(`'value' exceeds the maximum length of ${MAX_TAG_VALUE} characters`);
  }
}

/** The tags of something new. */
export function checkTags(tags: ReadonlyMap<string, string> = new Map()): void {
  for (const [key, value] of tags) checkTag(key, value);
  checkNamesFit(tags.keys());
}

export function checkAlias(alias: string): void {
  if (!/^[\w-]+$/.test(alias)) {
    throw invalidParameter(
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  if (alias.length > MAX_ALIAS) {
    throw invalidParameter(`'Registered model alias name' exceeds the maximum length of ${MAX_ALIAS} characters`);
  }
  if (alias.toLowerCase() === 'latest') {
    throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  }
  if (/^v\d+$/i.test(alias)) throw invalidParameter(`Version alias name '${alias}' is reserved.`);
  checkFileNames(alias, 'Invalid alias name: ');
}

export function parseVersion(version: string): number {
  if (/^\d{1,9}$/.test(version)) return Number(version);
  throw invalidParameter(`Parameter 'version' must be an integer, got '${version}'.`);
}
