import {
  type DecorationOptions,
  type Disposable,
  EventEmitter,
  Hover,
  languages,
  MarkdownString,
  Range,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type MetricCall, mlflowCalls } from '../../pythonSource/mlflowCalls.ts';
import { formatNumber } from '../../views/formatNumber.ts';
import { bestOf, hoverChart, inlineChart, inlineText, type RunCurve, svgUri } from '../../views/inlineChart.ts';
import { keysOfCall } from '../../views/loggedMetrics.ts';
import { escapeMarkdown } from '../../views/markdown.ts';
import type { Services } from '../services.ts';
import { LoggedCurves } from './loggedCurves.ts';
import { registerLoggingLenses } from './loggingLenses.ts';
import { textBefore } from './notebookText.ts';

/** After an edit, and between looks at runs that go on (ms). */
const [EDITED, LOGGED] = [300, 1_000];
/** Metrics of one call that are drawn or told in its line. */
const TOLD = 3;

interface Drawn {
  readonly call: MetricCall;
  readonly metrics: readonly { readonly key: string; readonly curves: readonly RunCurve[] }[];
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
  readonly #pictures = window.createTextEditorDecorationType({});
  readonly #texts = window.createTextEditorDecorationType({});
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
    this.#pictures.dispose();
    this.#texts.dispose();
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
    editor.setDecorations(
      this.#pictures,
      drawn.flatMap((it) => picture(document, it)),
    );
    editor.setDecorations(
      this.#texts,
      drawn.flatMap((it) => text(document, it)),
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
    return new Hover(found.metrics.map(hoverText), rangeOf(document, found.call));
  }
}

function rangeOf(document: TextDocument, { start, end }: MetricCall): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** After the last character of the line that the call ends in. */
function endOfLine(document: TextDocument, { end }: MetricCall): Range {
  const { range } = document.lineAt(document.positionAt(end));
  return new Range(range.end, range.end);
}

function picture(document: TextDocument, { call, metrics }: Drawn): DecorationOptions[] {
  const drawing = metrics[0] && inlineChart(metrics[0].curves);
  if (!drawing) return [];
  const after = { contentIconPath: Uri.parse(svgUri(drawing), true), margin: '0 0 0 2ch' };
  return [{ range: endOfLine(document, call), renderOptions: { after } }];
}

function text(document: TextDocument, { call, metrics }: Drawn): DecorationOptions[] {
  const told = metrics
    .map(({ key, curves }) => [key, inlineText(key, curves)] as const)
    .filter(([, value]) => value !== '');
  const [first] = told;
  if (!first) return [];
  const isOne = call.keys !== 'all' && told.length === 1;
  const contentText = isOne ? first[1] : told.map(([key, value]) => `${key} ${value.replace(/ · .*/, '')}`).join('  ');
  const after = { contentText, color: new ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 1ch' };
  return [{ range: endOfLine(document, call), renderOptions: { after } }];
}

/** Markdown: the curves, and the values of each run. */
function hoverText({ key, curves }: Drawn['metrics'][number]): MarkdownString {
  const drawing = hoverChart(curves);
  const best = bestOf(key, curves);
  const rows = curves.map(({ runName, last, min, max }) => {
    const cells = [runName, ...[last, min, max].map((value) => (value === undefined ? '–' : formatNumber(value)))];
    return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  });
  const title = `**${escapeMarkdown(key)}**${best === undefined ? '' : ` · best ${escapeMarkdown(formatNumber(best))}`}`;
  const table = ['| run | last | min | max |', '| :-- | --: | --: | --: |', ...rows].join('\n');
  return new MarkdownString([title, drawing ? `![](${svgUri(drawing)})` : '', table].filter(Boolean).join('\n\n'));
}
