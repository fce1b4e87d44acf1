import { InputBoxValidationSeverity, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { answerWebview } from '../../protocol/channel.ts';
import {
  RUN_FORM_CHECKS,
  type RunFormEvent,
  type RunFormInput,
  type RunFormRequests,
  type RunFormSource,
} from '../../protocol/runForm.ts';
import { checkRunForm, fitInput, isRunnable, runForm } from '../../views/runForm.ts';
import { type EntryPointPlace, entryPointsOf } from '../editors/entryPoints.ts';
import type { Services } from '../services.ts';
import { debugWith } from '../tasks/debugWith.ts';
import { memoryOf, startEntryPoint, VALUE_RULES } from '../tasks/startEntryPoint.ts';
import { panelPort } from './panelPort.ts';
import { pickPath } from './pickPath.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

export const RUN_FORM = 'mlflow.runForm';

interface RunFormOptions {
  /** What it is filled with; the last used values when absent. */
  readonly input?: RunFormInput;
  readonly purpose?: RunFormSource['purpose'];
}

/**
 * Asks for the parameters of an entry point in an editor of its own, and runs or debugs it with them. The form that is open
 * already comes to the front, unless other values are given.
 */
export function showRunForm(services: Services, place: EntryPointPlace, options: RunFormOptions = {}): void {
  const { extensionUri } = services.context;
  const { input, purpose = 'run' } = options;
  const title = `${purpose === 'run' ? 'Run' : 'Debug'} ${place.entryPoint.name}`;
  const source = { file: place.document.uri.toString(), entryPoint: place.entryPoint.name, purpose, input };
  if (!input && services.openPanels.reveal(keyOf(source))) return;
  const panel = window.createWebviewPanel(RUN_FORM, title, ViewColumn.Active, webviewOptions(extensionUri));
  fillRunForm(services, panel, source, place);
}

/** Fills a panel that has come back after a reload; one whose entry point is gone is closed. */
export async function reviveRunForm(services: Services, panel: WebviewPanel, source: RunFormSource): Promise<void> {
  const place = workspace.isTrusted && (await findPlace(source).catch(() => undefined));
  if (place) fillRunForm(services, panel, source, place);
  else panel.dispose();
}

async function findPlace({ file, entryPoint }: RunFormSource): Promise<EntryPointPlace | undefined> {
  return (await entryPointsOf(Uri.parse(file))).find((place) => place.entryPoint.name === entryPoint);
}

function keyOf({ file, entryPoint, purpose }: RunFormSource): string {
  return `${RUN_FORM} ${purpose} ${file} ${entryPoint}`;
}

function fillRunForm(services: Services, panel: WebviewPanel, source: RunFormSource, found: EntryPointPlace): void {
  const { extensionUri } = services.context;
  services.openPanels.add(keyOf(source), panel);
  let place = found;

  const form = () => {
    const { projectName, entryPoint } = place;
    const memory = memoryOf(services, place);
    const made = runForm(projectName, entryPoint, memory);
    return { ...made, input: source.input ? fitInput(entryPoint, source.input) : made.input };
  };
  const start = async (input: RunFormInput) => {
    if (source.purpose === 'run') return startEntryPoint(services, place, input);
    await debugWith(services, place, input);
    return true;
  };
  const check = (input: RunFormInput) => checkRunForm(place.entryPoint, input, VALUE_RULES);
  const send = answerWebview<RunFormRequests, RunFormEvent>(panelPort(panel.webview), RUN_FORM_CHECKS, {
    ready: () => ({ source, form: form() }),
    check: ({ input }) => check(input),
    async run({ input }) {
      const checked = check(input);
      if (isRunnable(checked) && (await start(input))) panel.dispose();
      return checked;
    },
    pickPath: ({ parameter, value }) => pickPath(place, parameter, value),
    async savePreset({ input }) {
      const name = await askPresetName(memoryOf(services, place).presets.map((preset) => preset.name));
      if (!name) return undefined;
      await memoryOf(services, place).savePreset({ name, input });
      return { name, presets: form().presets };
    },
    async deletePreset({ name }) {
      await memoryOf(services, place).deletePreset(name);
      return { name: undefined, presets: form().presets };
    },
    cancel: () => panel.dispose(),
  });

  const saves = workspace.onDidSaveTextDocument(async ({ uri }) => {
    if (uri.toString() !== source.file) return;
    const changed = await findPlace(source).catch(() => undefined); // taken out of the file: the runner will say so
    if (!changed) return;
    place = changed;
    send({ kind: 'show', form: form() });
  });
  panel.onDidDispose(() => saves.dispose());
  panel.webview.options = webviewOptions(extensionUri);
  panel.webview.html = webviewPage(panel.webview, extensionUri, 'runForm');
}

async function askPresetName(taken: readonly string[]): Promise<string | undefined> {
  const name = await window.showInputBox({
    title: 'Save as Preset',
    prompt: 'Name under which these values can be chosen again',
    validateInput: (text) =>
      taken.includes(text.trim())
        ? { message: 'Replaces the preset of this name.', severity: InputBoxValidationSeverity.Warning }
        : undefined,
  });
  return name?.trim() || undefined;
}
