import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from '../src/mlproject/problems.ts';
import { PALETTE } from '../src/views/runColor.ts';
import { COMMAND_IDS } from '../src/vscode/commands/ids.ts';
import { TOOLS } from '../src/vscode/tools/tools.ts';

const ROOT = path.dirname(import.meta.dirname);

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const contributes = manifest.contributes;
const menus: Readonly<Record<string, readonly MenuItem[]>> = contributes.menus;
const menuItems = Object.values(menus).flat();

const sources = fs
  .readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({
    file: `src/${file.split(path.sep).join('/')}`,
    text: fs.readFileSync(path.join(ROOT, 'src', file), 'utf8'),
  }));
const vscodeText = sources
  .filter(({ file }) => file.startsWith('src/vscode/') || file === 'src/extension.ts')
  .map(({ text }) => text)
  .join('\n');

/** Everything that a pattern with one group captures. */
function captured(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();
}

/** All `when` clauses of the manifest in one text. */
const whenClauses = captured(JSON.stringify(manifest), /"(?:when|enablement)":"((?:[^"\\]|\\.)*)"/g).join('\n');

function sorted(list: Iterable<string>): string[] {
  return [...list].sort();
}

describe('commands', () => {
  const contributed: readonly { command: string; title: string; category: string }[] = contributes.commands;

  test('are contributed exactly as the code knows them', () => {
    expect(sorted(contributed.map(({ command }) => command))).toEqual(sorted(COMMAND_IDS));
  });

  test('each is one function in a file of its name', () => {
    const table = fs.readFileSync(path.join(ROOT, 'src/vscode/commands/table.ts'), 'utf8');
    const rows = [...table.matchAll(/^ {2}'(mlflow\.[\w.]+)': (\w+),$/gm)].map(([, id, name]) => ({ id, name }));
    expect(sorted(rows.map(({ id }) => id ?? ''))).toEqual(sorted(COMMAND_IDS));
    for (const { name } of rows) {
      const file = path.join(ROOT, `src/vscode/commands/${name}.ts`);
      expect(fs.readFileSync(file, 'utf8')).toMatch(new RegExp(`^export (async )?function ${name}\\b`, 'm'));
    }
  });

  test('have a title that begins with a capital, and the one category', () => {
    for (const { title, category } of contributed) {
      expect(title).toMatch(/^[A-Z]/);
      expect(category).toBe('MLflow');
    }
  });

  test('menus, keys and texts name commands that exist', () => {
    const named = [
      ...menuItems.map(({ command }) => command),
      ...contributes.keybindings.map(({ command }: MenuItem) => command),
      ...captured(JSON.stringify(contributes.viewsWelcome), /command:(mlflow\.[\w.]+)/g),
    ];
    expect(named.filter((command) => !COMMAND_IDS.some((id) => id === command))).toEqual([]);
  });

  test('the palette says for each when it can be called', () => {
    const told = menus.commandPalette?.map(({ command }) => command) ?? [];
    const always = ['mlflow.log.show'];
    expect(sorted([...told, ...always])).toEqual(sorted(COMMAND_IDS));
  });
});

describe('views', () => {
  const views: readonly { id: string }[] = Object.values(contributes.views).flat() as { id: string }[];

  test('are contributed exactly as the code makes them', () => {
    expect(sorted(views.map(({ id }) => id))).toEqual(captured(vscodeText, /createTreeView\('([\w.]+)'/g));
  });

  test('menus and welcome texts name views that exist', () => {
    const named = [
      ...captured(whenClauses, /\b(?:view|focusedView) == ([\w.]+)/g),
      ...contributes.viewsWelcome.map(({ view }: { view: string }) => view),
    ];
    expect(named.filter((view) => !views.some(({ id }) => id === view))).toEqual([]);
  });

  test('menus ask for words that rows have', () => {
    const rows = sources.filter(({ file }) => file.startsWith('src/views/tree/')).map(({ text }) => text);
    for (const word of captured(whenClauses, /viewItem =~ \/\\+b(\w+)\\+b\//g)) {
      expect(
        rows.some((text) => text.includes(`'${word}'`)),
        `no row has the word ${word}`,
      ).toBe(true);
    }
  });
});

describe('context keys', () => {
  test('that clauses ask for are the ones that the code sets', () => {
    const asked = captured(whenClauses, /(?<![\w.] ?== ?)\b(mlflow\.[a-z]\w+)\b(?![.\w])/g);
    const views = ['mlflow.experiments', 'mlflow.registeredModels'];
    const set = captured(vscodeText, /'setContext',\s*'([\w.]+)'/g);
    expect(asked.filter((key) => !views.includes(key))).toEqual(set);
  });
});

test('colors are those of the palette that runs are drawn in', () => {
  const colors: readonly { id: string; defaults: Readonly<Record<string, string>> }[] = contributes.colors;
  expect(colors.map(({ id, defaults }) => [id, new Set(Object.values(defaults))])).toEqual(
    PALETTE.map((color, index) => [`mlflow.run${index + 1}`, new Set([color])]),
  );
});

test('tools of language models are contributed exactly as the code answers them', () => {
  const tools: readonly { name: string; modelDescription: string; inputSchema: object }[] =
    contributes.languageModelTools;
  expect(sorted(tools.map(({ name }) => name))).toEqual(sorted(Object.keys(TOOLS)));
});

describe('settings', () => {
  test('are contributed exactly as the code reads them', () => {
    const read = [...vscodeText.matchAll(/getConfiguration\('([\w.]+)'[^)]*\)\s*\.get(?:<\w+>)?\('([\w.]+)'/g)];
    const server = fs.readFileSync(path.join(ROOT, 'src/language/connection.ts'), 'utf8');
    const names = new Set([
      ...read.map(([, section, key]) => `${section}.${key}`),
      ...captured(server, /^const SECTION = '([\w.]+)';/gm),
    ]);
    expect(sorted(Object.keys(contributes.configuration.properties))).toEqual(sorted(names));
  });

  test('of rules know every rule', () => {
    const { propertyNames } = contributes.configuration.properties['mlflow.mlproject.rules'];
    expect(propertyNames.enum).toEqual(Object.keys(RULES));
    const described = fs.readFileSync(path.join(ROOT, 'schemas/mlproject.rules.md'), 'utf8');
    const headings = [...described.matchAll(/^## `([\w-]+)` \((\w+)\)$/gm)].map(([, code, severity]) => [
      code,
      severity,
    ]);
    expect(Object.fromEntries(headings)).toEqual(RULES);
  });

  test('that an untrusted workspace may not decide are settings', () => {
    const restricted: readonly string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(restricted.filter((name) => !(name in contributes.configuration.properties))).toEqual([]);
  });
});

describe('activation', () => {
  const events: readonly string[] = manifest.activationEvents;
  const eventsOf = (prefix: string) =>
    sorted(events.filter((event) => event.startsWith(prefix)).map((event) => event.slice(prefix.length)));

  test('never happens for everybody', () => {
    expect(events).not.toContain('*');
    expect(events).not.toContain('onStartupFinished');
  });

  test('happens for the tasks, documents and webviews that the code provides', () => {
    expect(eventsOf('onTaskType:')).toEqual(
      sorted(contributes.taskDefinitions.map(({ type }: { type: string }) => type)),
    );
    expect(eventsOf('onFileSystem:')).toEqual(captured(vscodeText, /ARTIFACT_SCHEME = '([\w-]+)'/g));
    const revived = captured(vscodeText, /\brevive\((\w+),/g);
    const types = revived.flatMap((name) => captured(vscodeText, new RegExp(`const ${name} = '([\\w.]+)'`, 'g')));
    expect(eventsOf('onWebviewPanel:')).toEqual(sorted(types));
  });
});

test('files that the manifest names are there', () => {
  const named = captured(JSON.stringify(contributes), /"(?:\.\/)?((?:media|syntaxes|schemas)\/[\w./-]+)"/g);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((file) => !fs.existsSync(path.join(ROOT, file)))).toEqual([]);
});
