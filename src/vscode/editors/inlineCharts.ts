import {
  type Disposable,
  EventEmitter,
  Hover,
  languages,
  Range,
  type TextDocument,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import { type MetricCall, mlflowCalls } from '../../pythonSource/mlflowCalls.ts';
import { keysOfCall } from '../../views/loggedMetrics.ts';
import type { Services } from '../services.ts';
import { CurveDecorations, curveHover, type DrawnMetric, type DrawnPlace } from './curveDecorations.ts';
import { LoggedCurves } from './loggedCurves.ts';
import { registerLoggingLenses } from './loggingLenses.ts';
import { textBefore } from './notebookText.ts';

/** After an edit, and between looks at runs that go on (ms). */
const [EDITED, LOGGED] = [300, 1_000];
/** Metrics of one call that are drawn or told in its line. */
const TOLD = 3;

interface Drawn {
  readonly call: MetricCall;
  readonly metrics: readonly DrawnMetric[];
}

/** Draws the curves of the latest runs beside the lines that log them, and tells of the runs above those that start them. */
export function registerInlineCharts(services: Services): Disposable[] {
  const curves = new LoggedCurves(services);
  const charts = new InlineCharts(services, curves);
  return [charts, registerLoggingLenses(curves, charts.onDidDraw)];
}

class InlineCharts implements Disposable {
  readonly #services: Services;
  readonly #curves: LoggedCurves;
  readonly #decorations = new CurveDecorations();
  readonly #hasDrawn = new EventEmitter<void>();
  /** Something may have changed. */
  readonly onDidDraw = this.#hasDrawn.event;
  readonly #drawn = new WeakMap<TextDocument, readonly Drawn[]>();
  readonly #subscriptions: Disposable[];
  #listening: Disposable[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isDrawing = false;
  #isAskedAgain = false;

  constructor(services: Services, curves: LoggedCurves) {
    this.#services = services;
    this.#curves = curves;
    const { connections } = services;
    this.#subscriptions = [
      window.onDidChangeVisibleTextEditors(() => this.#later(0)),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === 'python') this.#later(EDITED);
      }),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('mlflow.inlineCharts')) this.#later(0);
      }),
      connections.onDidChange(() => {
        this.#listen();
        this.#later(0);
      }),
      languages.registerHoverProvider(
        { language: 'python' },
        { provideHover: (document, position) => this.#hover(document, position) },
      ),
    ];
    this.#listen();
    this.#later(0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of [...this.#subscriptions, ...this.#listening]) subscription.dispose();
    this.#decorations.dispose();
    this.#hasDrawn.dispose();
  }

  #listen(): void {
    for (const subscription of this.#listening) subscription.dispose();
    this.#listening = this.#services.connections.all().map((connection) => {
      return connection.onDidChange((changes) => {
        if (changes.some(({ kind }) => kind === 'run' || kind === 'runs')) this.#later(LOGGED);
      });
    });
  }

  /** Runs that log a hundred times a second are looked at once a second. */
  #later(delay: number): void {
    if (this.#isDrawing) {
      this.#isAskedAgain = true;
      return;
    }
    if (delay === 0) clearTimeout(this.#timer);
    else if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#drawAll();
    }, delay);
  }

  async #drawAll(): Promise<void> {
    this.#isDrawing = true;
    const python = window.visibleTextEditors.filter(({ document }) => document.languageId === 'python');
    await Promise.all(python.map((editor) => this.#draw(editor))).catch((error) => {
      // The server may just be going away; what is drawn stays until it is back.
      this.#services.log.debug(`Inline charts: ${error instanceof Error ? error.message : error}`);
    });
    this.#isDrawing = false;
    this.#hasDrawn.fire();
    if (this.#isAskedAgain) {
      this.#isAskedAgain = false;
      this.#later(LOGGED);
    }
  }

  async #draw(editor: TextEditor): Promise<void> {
    const { document } = editor;
    const { version } = document;
    const drawn = workspace.getConfiguration('mlflow.inlineCharts', document).get('enabled', true)
      ? await this.#read(document)
      : [];
    // Whoever types on has another drawing coming.
    if (document.version !== version) return;
    this.#drawn.set(document, drawn);
    this.#decorations.draw(
      editor,
      drawn.map((it) => placeOf(document, it)),
    );
  }

  async #read(document: TextDocument): Promise<readonly Drawn[]> {
    const { metrics, runs } = mlflowCalls(document.getText(), textBefore(document));
    if (metrics.length === 0) return [];
    const experiments = runs.flatMap(({ experiment }) => experiment ?? []);
    const logged = await this.#curves.runsOf(document, experiments);
    if (!logged) return [];
    const reading = metrics.map(async (call) => {
      const keys = keysOfCall(call.keys, logged.runs).slice(0, TOLD);
      const curves = keys.map(async (key) => ({ key, curves: await this.#curves.curvesOf(logged, key) }));
      return { call, metrics: await Promise.all(curves) };
    });
    return Promise.all(reading);
  }

  #hover(document: TextDocument, position: Parameters<TextDocument['offsetAt']>[0]): Hover | undefined {
    const offset = document.offsetAt(position);
    const found = this.#drawn.get(document)?.find(({ call }) => call.start <= offset && offset <= call.end);
    if (!found || found.metrics.every(({ curves }) => curves.length === 0)) return undefined;
    return new Hover(found.metrics.map(curveHover), rangeOf(document, found.call));
  }
}

function rangeOf(document: TextDocument, { start, end }: MetricCall): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** Behind the line that the call ends in. */
function placeOf(document: TextDocument, { call, metrics }: Drawn): DrawnPlace {
  const { range } = document.lineAt(document.positionAt(call.end));
  return { range: new Range(range.end, range.end), metrics, isNamed: call.keys === 'all' };
}
