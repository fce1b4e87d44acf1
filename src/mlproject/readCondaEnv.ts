import { isMap } from 'yaml';
import { collector } from './problems.ts';
import { readYamlDocument } from './yamlDocument.ts';
import { asMap, asSequence, entriesOf, entryOf, scalarKindOf, textOf } from './yamlNodes.ts';

/** What a conda environment consists of, sorted by what pip can do with it. */
export interface CondaEnv {
  /** The version of Python, such as `3.11`. */
  readonly python: string | undefined;
  /** pip, setuptools and wheel, as requirements of pip. */
  readonly build: readonly string[];
  /** Requirements of pip. */
  readonly pip: readonly string[];
  /** Packages of conda, as written: PyPI may have them by another name, or not at all. */
  readonly left: readonly string[];
}

const BUILD = /^(?:pip|setuptools|wheel)\b/;

export function readCondaEnv(text: string): CondaEnv {
  const document = readYamlDocument(text, collector().report);
  const whole = { start: 0, end: text.length };
  const entries = document && isMap(document.contents) ? entriesOf(document.contents, whole) : [];
  const items = asSequence(entryOf(entries, 'dependencies')?.value)?.items ?? [];
  const texts = items.flatMap((item) => (scalarKindOf(item) === 'string' ? (textOf(item) ?? []) : []));
  const pip = items.flatMap((item) => {
    const map = asMap(item);
    const list = map && entryOf(entriesOf(map, whole), 'pip')?.value;
    return (asSequence(list)?.items ?? []).flatMap((requirement) => textOf(requirement) ?? []);
  });
  const python = texts.find((item) => /^python\b/.test(item));
  return {
    python: /[\d.]*\d/.exec(python ?? '')?.[0],
    build: texts.filter((item) => BUILD.test(item)).map((item) => item.replace(/(?<![=<>!~])=(?!=)/, '==')),
    pip,
    left: texts.filter((item) => !BUILD.test(item) && item !== python),
  };
}
