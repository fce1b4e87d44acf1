import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.dirname(import.meta.dirname);

/** Interfaces that more than their own folder may import. */
const INTERFACES = ['src/tracking/store.ts', 'src/registry/store.ts', 'src/artifacts/repository.ts'];

/**
 * Who may import whom: place → places it may import, besides itself. The most specific place of a file counts. A place
 * is a folder or a file; `type:` admits type-only imports.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src/entities': [],
  'src/files': [],
  'src/mlproject': ['schemas', 'src/files/yamlGuard.ts'],
  'src/pythonSource': [],
  'src/search': ['src/entities'],
  'src/tracking': ['src/entities', 'src/files', 'src/search'],
  'src/registry': ['src/entities', 'src/files', 'src/search'],
  'src/artifacts': ['src/entities', 'src/files', 'src/search'],
  'src/server': ['src/entities', ...INTERFACES],
  'src/client': ['src/entities', ...INTERFACES],
  'src/embedded': ['src/entities', 'src/files', 'src/server'],
  'src/transfer': ['src/entities', ...INTERFACES],
  'src/runner': ['src/entities', 'src/files', 'src/mlproject', ...INTERFACES],
  'src/language': ['src/mlproject', 'src/pythonSource', 'schemas'],
  'src/views': ['src/entities', 'type:src/mlproject', 'type:src/pythonSource'],
  'src/protocol': ['src/entities', 'type:src/views'],
  'src/vscode': [
    'src/entities',
    'src/client',
    'src/mlproject',
    'src/pythonSource',
    'src/runner',
    'src/transfer',
    'src/views',
    'src/protocol',
    'type:src/language',
    ...INTERFACES,
  ],
  'src/extension.ts': ['src/vscode'],
  'src/languageServer.ts': ['src/language', 'src/files'],
  'src/cli': [
    'src/entities',
    'src/files',
    'src/tracking',
    'src/registry',
    'src/artifacts',
    'src/server',
    'src/client',
    'src/embedded',
    'src/mlproject',
    'src/runner',
  ],
  'src/cli.ts': ['src/cli', 'src/entities'],
  webview: ['src/protocol', 'type:src/entities', 'type:src/views'],
};

/** Modules that only some places may import. */
const RESERVED: Record<string, readonly string[]> = {
  vscode: ['src/vscode', 'src/extension.ts'],
  'node:fs': ['src/files', 'src/tracking/file', 'src/registry/file', 'src/artifacts', 'src/runner', 'src/serving'],
  'node:http': ['src/server/listen.ts'],
  '@vscode/webview-ui-toolkit': ['webview/shared/controls.ts'],
};

interface Import {
  readonly file: string;
  /** Path from the root for our own files, else the module's name. */
  readonly target: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`);
}

const IMPORT =
  /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;

function importsOf(file: string): Import[] {
  const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => {
    const specifier = match[2] ?? match[3] ?? '';
    const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
    return { file, target, typeOnly: match[1] !== undefined };
  });
}

function isIn(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

function placeOf(file: string): string {
  const places = Object.keys(MAY_IMPORT).filter((place) => isIn(file, place));
  return places.sort((a, b) => b.length - a.length)[0] ?? '';
}

const files = [...sourceFiles('src'), ...sourceFiles('webview')];
const imports = files.flatMap(importsOf);

describe('the house', () => {
  test('every source file lies in a place that the import table knows', () => {
    expect(files.filter((file) => placeOf(file) === '')).toEqual([]);
  });

  test('every place imports only what the import table admits', () => {
    const own = imports.filter(({ target }) => /^(src|webview|schemas|test|scripts)\//.test(target));
    const forbidden = own.filter(({ file, target, typeOnly }) => {
      const place = placeOf(file);
      if (isIn(target, place)) return false;
      return !(MAY_IMPORT[place] ?? []).some((admitted) =>
        admitted.startsWith('type:') ? typeOnly && isIn(target, admitted.slice(5)) : isIn(target, admitted),
      );
    });
    expect(forbidden).toEqual([]);
  });

  test('reserved modules are imported only where they belong', () => {
    const forbidden = imports.filter(({ file, target }) => {
      const name = Object.keys(RESERVED).find((module) => isIn(target, module));
      return name !== undefined && !(RESERVED[name] ?? []).some((place) => isIn(file, place));
    });
    expect(forbidden).toEqual([]);
  });

  test('there are no import rings', () => {
    const graph = Map.groupBy(
      imports.filter(({ typeOnly }) => !typeOnly),
      ({ file }) => file,
    );
    const done = new Set<string>();
    const rings: string[][] = [];
    const visit = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file);
      if (at >= 0) rings.push([...path.slice(at), file]);
      if (at >= 0 || done.has(file)) return;
      for (const { target } of graph.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(rings).toEqual([]);
  });

  test('extension.ts only wires', () => {
    const lines = fs.readFileSync(path.join(ROOT, 'src/extension.ts'), 'utf8').split('\n').length;
    expect(lines).toBeLessThanOrEqual(80);
  });

  test('names used on disk and on the wire stay in their files', () => {
    const diskNames = /['"`](?:meta\.yaml|artifact_uri)['"`]/;
    const strays = files.filter(
      (file) =>
        /^src\/(tracking|registry)\//.test(file) &&
        !/\/(layout|[a-zA-Z]*Layout)\.ts$/.test(file) &&
        diskNames.test(fs.readFileSync(path.join(ROOT, file), 'utf8')),
    );
    expect(strays).toEqual([]);
  });

  test('no file is longer than 400 lines', () => {
    const long = files.filter((file) => fs.readFileSync(path.join(ROOT, file), 'utf8').split('\n').length > 401);
    expect(long).toEqual([]);
  });
});
