import {
  CodeLens,
  type Command,
  type Disposable,
  EventEmitter,
  extensions,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import type { EntryPoint } from '../../mlproject/project.ts';
import { debugTarget } from '../../runner/debug/debugTarget.ts';
import { type EntryPointLens, type EntryPointRuns, entryPointLenses } from '../../views/entryPointLenses.ts';
import type { CommandId } from '../commands/ids.ts';
import { pythonDebugger } from '../services/pythonDebugger.ts';
import type { Services } from '../services.ts';
import { EntryPointCurves } from './entryPointCurves.ts';
import { EntryPointRunsSource } from './entryPointRuns.ts';
import { readProject } from './readProject.ts';

const COMMANDS: Record<EntryPointLens['action'], CommandId> = {
  run: 'mlflow.entryPoint.run',
  runWith: 'mlflow.entryPoint.runWith',
  debug: 'mlflow.entryPoint.debug',
  openLastRun: 'mlflow.run.open',
  showRuns: 'mlflow.entryPoint.showRuns',
};

/**
 * Puts what an entry point can do and how it went last above each one of MLproject files on disk, in a workspace that may
 * run them.
 */
export function registerEntryPointLenses(services: Services): Disposable[] {
  const source = new EntryPointRunsSource(services);
  const changed = new EventEmitter<void>();
  const change = () => changed.fire();

  async function provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!workspace.isTrusted) return [];
    const project = await readProject(document);
    const runs = source.of(document, project);
    const hasDebugger = pythonDebugger() !== undefined;
    const facts = { runs, canDebug: (it: EntryPoint) => hasDebugger && isDebuggable(it), now: Date.now() };
    return entryPointLenses(project, facts).map((lens) => {
      const start = document.positionAt(lens.offset);
      const { title, tooltip } = lens;
      const command = COMMANDS[lens.action];
      return new CodeLens(new Range(start, start), {
        command,
        title,
        tooltip,
        arguments: argumentsOf(document, lens, runs),
      });
    });
  }

  function argumentsOf({ uri }: TextDocument, lens: EntryPointLens, runs: ReadonlyMap<string, EntryPointRuns>) {
    const last = runs.get(lens.entryPoint)?.last.info;
    const connection = services.servers.of(uri)?.connection;
    if (lens.action !== 'openLastRun' || !last || !connection) return [uri, lens.entryPoint];
    const { experimentId, runId } = last;
    return [{ connectionId: connection.id, experimentId, runId }] satisfies Command['arguments'];
  }

  const provider = { provideCodeLenses, onDidChangeCodeLenses: changed.event };
  return [
    source,
    new EntryPointCurves(services, source),
    changed,
    source.onDidChange(change),
    workspace.onDidGrantWorkspaceTrust(change),
    extensions.onDidChange(change),
    languages.registerCodeLensProvider({ language: 'mlproject', scheme: 'file' }, provider),
  ];
}

/** The placeholders stand for values that are single words. */
function isDebuggable({ command }: EntryPoint): boolean {
  return command !== undefined && 'arguments' in debugTarget(command.text);
}
