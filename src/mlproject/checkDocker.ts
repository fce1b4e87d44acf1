import type { Node } from 'yaml';
import { checkKeys } from './checkKeys.ts';
import type { Report } from './problems.ts';
import {
  asMap,
  asSequence,
  type Entry,
  entriesOf,
  entryOf,
  isEmptyValue,
  isReference,
  rangeOf,
  scalarKindOf,
} from './yamlNodes.ts';

/** @param hasName whether the project has a name: MLflow calls the image that it makes after it */
export function checkDocker(entry: Entry, hasName: boolean, report: Report): void {
  if (isReference(entry.value)) return;
  const map = asMap(entry.value);
  if (!map) {
    report('wrong-type', entry.keyRange, "'docker_env' is a mapping with an image.");
    return;
  }
  const keys = entriesOf(map, entry.range);
  checkKeys(keys, 'docker', report);
  const image = entryOf(keys, 'image');
  if (isEmptyValue(image?.value) && !entryOf(keys, '<<')) {
    report('docker-image-missing', image?.keyRange ?? entry.keyRange, 'A Docker environment needs an image.');
  }
  checkItems(entryOf(keys, 'volumes'), report, 'docker-volumes', isText, {
    list: 'Volumes are a list of texts, such as "/data:/data".',
    item: 'A volume is a text, such as "/data:/data".',
  });
  checkItems(entryOf(keys, 'environment'), report, 'docker-environment', isVariable, {
    list: 'Environment variables are a list of names, to copy them, and of pairs [NAME, value].',
    item: 'Write a name, to copy a variable of this machine, or a pair [NAME, value] of texts.',
  });
  if (!hasName) {
    report('project-name-missing', entry.keyRange, 'A project with a Docker environment needs a name, for the image.');
  }
}

function checkItems(
  entry: Entry | undefined,
  report: Report,
  code: 'docker-volumes' | 'docker-environment',
  isItem: (node: Node) => boolean,
  messages: { readonly list: string; readonly item: string },
): void {
  if (!entry || isReference(entry.value) || isEmptyValue(entry.value)) return;
  const items = asSequence(entry.value)?.items;
  if (!items) report(code, entry.keyRange, messages.list);
  for (const item of items ?? []) {
    if (!isReference(item) && !isItem(item)) report(code, rangeOf(item, entry.range), messages.item);
  }
}

function isText(node: Node): boolean {
  return scalarKindOf(node) === 'string';
}

function isVariable(node: Node): boolean {
  const pair = asSequence(node)?.items;
  // MLflow takes the first two, whatever they are.
  return pair ? pair.length >= 2 : isText(node);
}
