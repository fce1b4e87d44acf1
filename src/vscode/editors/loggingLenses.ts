import { CodeLens, type Disposable, type Event, languages, Range, type TextDocument, workspace } from 'vscode';
import { mlflowCalls } from '../../pythonSource/mlflowCalls.ts';
import { loggingLenses } from '../../views/loggingLenses.ts';
import { referenceOf } from '../commands/chosenRuns.ts';
import type { CommandId } from '../commands/ids.ts';
import type { LoggedCurves } from './loggedCurves.ts';
import { textBefore } from './notebookText.ts';

/** Puts the latest runs of a Python file above the code that starts them or chooses their experiment. */
export function registerLoggingLenses(curves: LoggedCurves, onDidChangeCodeLenses: Event<void>): Disposable {
  async function provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!workspace.getConfiguration('mlflow.inlineCharts', document).get('enabled', true)) return [];
    const { runs: calls } = mlflowCalls(document.getText(), textBefore(document));
    if (calls.length === 0) return [];
    const logged = await curves.runsOf(
      document,
      calls.flatMap(({ experiment }) => experiment ?? []),
    );
    if (!logged) return [];
    const { connection, runs, total } = logged;
    return calls.flatMap(({ start }) => {
      const place = document.positionAt(start);
      return loggingLenses(runs, total, Date.now()).map(({ title, tooltip, runs: opened }) => {
        const command = 'mlflow.run.open' satisfies CommandId;
        const references = opened.map((run) => referenceOf({ connection, run }));
        return new CodeLens(new Range(place, place), { command, title, tooltip, arguments: [references] });
      });
    });
  }

  return languages.registerCodeLensProvider({ language: 'python' }, { provideCodeLenses, onDidChangeCodeLenses });
}
