import { ViewColumn, type WorkspaceFolder, window } from 'vscode';
import { validateParameter } from '../../mlproject/parameterValue.ts';
import type { EntryPoint } from '../../mlproject/project.ts';
import { answerWebview } from '../../protocol/channel.ts';
import {
  RUN_FORM_CHECKS,
  type RunFormEvent,
  type RunFormRequests,
  type RunFormValues,
} from '../../protocol/runForm.ts';
import { checkRunForm, runForm } from '../../views/runForm.ts';
import type { Services } from '../services.ts';
import { panelPort } from './panelPort.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

export interface RunFormRequest {
  readonly projectName: string;
  readonly entryPoint: EntryPoint;
  readonly folder: WorkspaceFolder;
}

/**
 * Asks for the parameters of an entry point in a form beside the code.
 * @returns the values, empty ones left out; `undefined` where the form was closed
 */
export function askParameters(
  { context }: Services,
  { projectName, entryPoint }: RunFormRequest,
): Promise<ReadonlyMap<string, string> | undefined> {
  const panel = window.createWebviewPanel(
    'mlflow.runForm',
    `Run ${entryPoint.name}`,
    ViewColumn.Active,
    webviewOptions(context.extensionUri),
  );
  const check = (values: RunFormValues) => checkRunForm(entryPoint, values, validateParameter);
  return new Promise((resolve) => {
    panel.onDidDispose(() => resolve(undefined));
    answerWebview<RunFormRequests, RunFormEvent>(panelPort(panel.webview), RUN_FORM_CHECKS, {
      ready: () => runForm(projectName, entryPoint),
      check: ({ values }) => check(values),
      run({ values }) {
        const checked = check(values);
        if (Object.keys(checked.errors).length === 0) {
          resolve(new Map(Object.entries(values).filter(([, value]) => value !== '')));
          panel.dispose();
        }
        return checked;
      },
      cancel: () => panel.dispose(),
    });
    panel.webview.html = webviewPage(panel.webview, context.extensionUri, 'runForm');
  });
}
