import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.dirname(path.dirname(import.meta.dirname));

/** The sources of the extension and of its webviews: file → text. */
function sources(folder: string): ReadonlyMap<string, string> {
  const names = fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  const files = names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`);
  return new Map(files.map((file) => [file, fs.readFileSync(path.join(ROOT, file), 'utf8')]));
}

const extension = sources('src/vscode');
const pages = sources('webview');
/** Shows the HTML of an artifact, which may do nothing at all. */
const ARTIFACT_PAGE = 'src/vscode/panels/runDetails/showPage.ts';
const PAGE = 'src/vscode/panels/webviewPage.ts';
const using = (text: RegExp, files = extension): string[] =>
  [...files].filter(([, content]) => text.test(content)).map(([file]) => file);

describe('webviews', () => {
  test('have the one page, and nothing that another could have', () => {
    const panels = using(/createWebviewPanel\(/).filter((file) => file !== ARTIFACT_PAGE);
    expect(panels.length).toBeGreaterThan(2);
    for (const file of panels) {
      const text = extension.get(file) ?? '';
      expect(text).toContain('webviewOptions(');
      expect([...text.matchAll(/\.html = (\w+)\(/g)].map(([, name]) => name)).toEqual(['webviewPage']);
    }
    expect(using(/\.html = (?!webviewPage\()/)).toEqual([ARTIFACT_PAGE]);
    expect(using(/localResourceRoots|enableScripts|Content-Security-Policy/).toSorted()).toEqual(
      [ARTIFACT_PAGE, PAGE].toSorted(),
    );
    expect(using(/enableCommandUris|enableForms: true|registerWebviewViewProvider/)).toEqual([]);
    // A custom editor gets its page from the panel that shows the same.
    const editors = using(/registerCustomEditorProvider/);
    expect(editors.toSorted()).toEqual(['src/vscode/panels/charts/chartsEditor.ts', 'src/vscode/panels/runEditor.ts']);
    for (const file of editors) expect(extension.get(file)).not.toMatch(/webview\b/);
  });

  test('of artifacts run no scripts, send no forms and load no files', () => {
    const page = extension.get(ARTIFACT_PAGE) ?? '';
    expect(page).toContain('{ enableScripts: false, enableForms: false, localResourceRoots: [] }');
    expect([...page.matchAll(/\.html = (\w+)\(/g)].map(([, name]) => name)).toEqual(['sandboxedPage']);
  });

  test('load scripts by nonce alone, and files of their own folder alone', () => {
    const page = extension.get(PAGE) ?? '';
    expect(page).toContain(`"default-src 'none'"`);
    expect(page).toContain("script-src 'nonce-${nonce}'");
    expect(page).toContain('randomBytes(16)');
    expect(page).toContain('localResourceRoots: [assets(extensionUri)]');
    expect(page).toContain("Uri.joinPath(extensionUri, 'dist', 'webview')");
    expect(page).not.toMatch(/unsafe-|connect-src|https?:|\*;/);
  });

  test('draw texts of runs as texts', () => {
    const sinks =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment|\bsrcdoc\b/;
    expect(using(sinks, pages)).toEqual([]);
    expect(using(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource|importScripts/, pages)).toEqual([]);
  });

  test('are listened to by the channel alone, which checks', () => {
    expect(using(/onDidReceiveMessage/)).toEqual(['src/vscode/panels/panelPort.ts']);
    expect(using(/addEventListener\('message'/, pages)).toEqual(['webview/shared/host.ts']);
  });
});

test('Markdown holds no HTML, and runs no commands but those that tooltips link to', () => {
  expect(using(/supportHtml|isTrusted\s*[=:]\s*true/)).toEqual([]);
  expect(using(/isTrusted\s*[=:]|enabledCommands/)).toEqual([
    'src/vscode/editors/curveDecorations.ts',
    'src/vscode/trees/nodeTree.ts',
  ]);
  const links = [...extension.values()].flatMap((text) => [
    ...text.matchAll(/\{\s*title: '[^']*',\s*command: '([^']*)'/g),
  ]);
  const linked = new Set(links.map(([, command]) => command));
  expect([...linked].toSorted()).toEqual([
    'mlflow.run.again',
    'mlflow.run.compare',
    'mlflow.run.showDetails',
    'mlflow.run.showMetricChart',
  ]);
});

test('a workspace that is not trusted starts nothing', () => {
  const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  expect(supported).toBe('limited');
  for (const setting of ['server.enabled', 'server.port', 'server.tokenMode', 'python.path']) {
    expect(restrictedConfigurations).toContain(`mlflow.${setting}`);
  }
  // Whatever starts a process asks first.
  const asking = [
    'services/embeddedServer.ts',
    'editors/entryPoints.ts',
    'tasks/entryPointTasks.ts',
    'tasks/startEntryPoint.ts',
    'commands/chosenProjectRun.ts',
    'tasks/debugWith.ts',
    'panels/runDetails/openTerminal.ts',
  ];
  for (const file of asking) {
    expect(extension.get(`src/vscode/${file}`)).toMatch(/if \(!workspace\.isTrusted/);
  }
  const starters = [
    'src/vscode/languageClient.ts',
    'src/vscode/panels/runDetails/openTerminal.ts',
    'src/vscode/services/serverProcess.ts',
    'src/vscode/tasks/entryPointTask.ts',
  ];
  expect(
    using(/child_process|ProcessExecution\(|ShellExecution\(|createTerminal\(|new LanguageClient\(/).sort(),
  ).toEqual(starters);
});
