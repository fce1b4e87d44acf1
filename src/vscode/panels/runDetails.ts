import {
  commands,
  type ExtensionContext,
  env,
  type LogOutputChannel,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import { MlflowError } from '../../entities/error.ts';
import { answerWebview, type Handlers } from '../../protocol/channel.ts';
import {
  RUN_DETAILS_CHECKS,
  type RunAction,
  type RunDetailsEvent,
  type RunDetailsRequests,
} from '../../protocol/runDetails.ts';
import { metricPage } from '../../views/runDetails/metricRows.ts';
import type { CommandId } from '../commands/ids.ts';
import type { Connection, Connections, RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { logFailures } from './logFailures.ts';
import { panelPort } from './panelPort.ts';
import { copyRun } from './runDetails/copyRun.ts';
import { renameRun, setNote, setTag } from './runDetails/editRun.ts';
import { openOrigin } from './runDetails/openOrigin.ts';
import { RunArtifacts } from './runDetails/runArtifacts.ts';
import { RunCurves } from './runDetails/runCurves.ts';
import { RunReader } from './runDetails/runReader.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

export const RUN_DETAILS = 'mlflow.runDetails';

/** What commands get for the run: they read it themselves, and ask the user where they have to. */
const ACTIONS: Record<Exclude<RunAction, 'restore'>, CommandId> = {
  charts: 'mlflow.run.showMetricChart',
  compare: 'mlflow.run.compare',
  again: 'mlflow.run.again',
  againWith: 'mlflow.run.againWith',
  delete: 'mlflow.run.delete',
  purge: 'mlflow.deleted.purge',
};

interface OpenDetails {
  readonly panel: WebviewPanel;
  /** Tells the page, once it listens. */
  send(event: RunDetailsEvent): void;
}

/** The open details: an editor tab per run. */
export class RunDetailsPanels {
  readonly #connections: Connections;
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #panels = new Map<string, OpenDetails>();

  constructor({ connections, context, log }: Pick<Services, 'connections' | 'context' | 'log'>) {
    this.#connections = connections;
    this.#context = context;
    this.#log = log;
  }

  /** Opens the details of a run, or brings them to the front. @param name the run's, for the tab */
  show(reference: RunReference, name: string): void {
    this.#open(reference, name).panel.reveal();
  }

  /** The same, with the description ready to be edited. */
  editNote(reference: RunReference, name: string): void {
    const open = this.#open(reference, name);
    open.panel.reveal();
    open.send({ kind: 'editNote' });
  }

  #open(reference: RunReference, name: string): OpenDetails {
    const open = this.#panels.get(keyOf(reference));
    if (open) return open;
    const options = webviewOptions(this.#context.extensionUri);
    return this.fill(window.createWebviewPanel(RUN_DETAILS, tabTitle(name), ViewColumn.Active, options), reference);
  }

  /** Fills a panel, new or come back after a reload. */
  fill(panel: WebviewPanel, reference: RunReference): OpenDetails {
    let isReady = false;
    const unsent: RunDetailsEvent[] = [];
    const reader = new RunReader(this.#connections, reference, {
      onParts(parts) {
        if (parts.header) panel.title = tabTitle(parts.header.name);
        send({ kind: 'show', parts });
      },
      onFailure: (message) => send({ kind: 'failed', message }),
      isVisible: () => panel.visible,
    });
    const port = panelPort(panel.webview);
    const handlers = this.#handlers(panel, reader, reference, () => {
      isReady = true;
      for (const event of unsent.splice(0)) send(event);
    });
    const tell = answerWebview<RunDetailsRequests, RunDetailsEvent>(port, RUN_DETAILS_CHECKS, handlers);
    const send = logFailures(this.#log, tell);
    const open: OpenDetails = { panel, send: (event) => (isReady ? send(event) : void unsent.push(event)) };
    this.#panels.set(keyOf(reference), open);
    panel.onDidDispose(() => {
      reader.dispose();
      if (this.#panels.get(keyOf(reference)) === open) this.#panels.delete(keyOf(reference));
    });
    panel.webview.options = webviewOptions(this.#context.extensionUri);
    panel.webview.html = webviewPage(panel.webview, this.#context.extensionUri, 'runDetails');
    return open;
  }

  #handlers(
    panel: WebviewPanel,
    reader: RunReader,
    reference: RunReference,
    onReady: () => void,
  ): Handlers<RunDetailsRequests> {
    const { runId } = reference;
    const artifacts = new RunArtifacts(() => reader.known());
    const curves = new RunCurves();
    const changing = async (change: Promise<unknown>) => {
      await change;
      await reader.read();
    };
    const connection = () => reader.known().connection;
    return {
      ready() {
        void reader.start();
        onReady();
        return reference;
      },
      retry: () => reader.read(),
      showLog: () => this.#log.show(),
      async act({ action }) {
        if (action === 'restore') await connection().tracking.restoreRun(runId);
        else await execute(ACTIONS[action], reference);
        if (action === 'purge' && (await isGone(connection(), runId))) panel.dispose();
        else await reader.read();
      },
      copy({ what }) {
        const { connection: server, run } = reader.known();
        return copyRun(server, run, what);
      },
      async copyText({ text }) {
        await env.clipboard.writeText(text);
        window.setStatusBarMessage('$(check) Copied', 3_000);
      },
      rename: ({ name }) => changing(renameRun(connection(), runId, name)),
      setNote: ({ text }) => changing(setNote(connection(), runId, text)),
      setTag: (tag) => changing(setTag(connection(), runId, tag)),
      deleteTag: ({ key }) => changing(connection().tracking.deleteTag(runId, key)),
      listMetrics: (query) => metricPage(reader.known().run, query),
      readCurves({ keys }) {
        const { connection: server, run } = reader.known();
        return curves.read(server, run, keys);
      },
      showChart: ({ key }) => execute('mlflow.run.showMetricChart', { ...reference, metricKey: key }),
      openRun: ({ runId: other }) => execute('mlflow.run.showDetails', { ...reference, runId: other }),
      registerModel: ({ model }) => changing(execute('mlflow.model.register', { ...reference, model })),
      openOrigin: ({ label }) => openOrigin(reader.known().run, label),
      listArtifacts: ({ place }) => artifacts.list(place),
      preview: ({ place }) => artifacts.preview(place),
      actOnArtifact: ({ action, place }) => artifacts.act(action, place),
    };
  }
}

async function execute(command: CommandId, target: object): Promise<void> {
  await commands.executeCommand(command, target);
}

async function isGone({ tracking }: Connection, runId: string): Promise<boolean> {
  const run = await tracking.getRun(runId).catch((error: unknown) => {
    if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
    throw error;
  });
  return run === undefined;
}

function keyOf({ connectionId, runId }: RunReference): string {
  return `${connectionId} ${runId}`;
}

/** Long names leave room for other tabs. */
function tabTitle(name: string): string {
  return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}
