import { parse } from 'yaml';
import type { FileInfo } from '../../entities/artifact.ts';

/** What the folder of a model tells about it. */
export interface ModelFile {
  /** Names of the flavors but `python_function`, which nearly all have. */
  readonly flavors: readonly string[];
  /** bytes of all its files. */
  readonly sizeBytes: number | undefined;
  /** Names of the files that tell of its environment. */
  readonly environment: readonly string[];
}

const ENVIRONMENT_FILES = /^(?:requirements\.txt|conda\.ya?ml|python_env\.ya?ml|uv\.lock)$/;

/**
 * @param text the MLmodel file
 * @param files those that lie beside it
 * @returns none where the text is no MLmodel
 */
export function parseModelFile(text: string, files: readonly FileInfo[]): ModelFile | undefined {
  const model = parseYaml(text);
  if (typeof model !== 'object' || model === null) return undefined;
  const { flavors, model_size_bytes: size } = model as Readonly<Record<string, unknown>>;
  if (typeof flavors !== 'object' || flavors === null) return undefined;
  const names = Object.keys(flavors);
  return {
    flavors: names.length > 1 ? names.filter((name) => name !== 'python_function') : names,
    sizeBytes: typeof size === 'number' ? size : undefined,
    environment: files
      .map(({ path }) => path.split('/').at(-1) ?? '')
      .filter((name) => ENVIRONMENT_FILES.test(name))
      .sort(),
  };
}

/** Anybody may have written the file: what cannot be read tells nothing. */
function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}
