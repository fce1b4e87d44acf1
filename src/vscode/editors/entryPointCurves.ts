import { type Disposable, Range, type TextEditor, window, workspace } from 'vscode';
import type { EntryPoint } from '../../mlproject/project.ts';
import { mainMetric } from '../../views/mainMetric.ts';
import type { Services } from '../services.ts';
import { CurveDecorations, curveHover, type DrawnPlace } from './curveDecorations.ts';
import type { EntryPointRunsSource, ShownRuns } from './entryPointRuns.ts';
import { LoggedCurves } from './loggedCurves.ts';
import { readProject } from './readProject.ts';

/** ms in which reasons to draw are gathered. */
const TOGETHER = 100;

/** Draws the curves of the main metric of each entry point's latest runs beside its name, in visible MLproject files. */
export class EntryPointCurves implements Disposable {
  readonly #services: Services;
  readonly #source: EntryPointRunsSource;
  readonly #curves: LoggedCurves;
  readonly #decorations = new CurveDecorations();
  readonly #subscriptions: readonly Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(services: Services, source: EntryPointRunsSource) {
    this.#services = services;
    this.#source = source;
    this.#curves = new LoggedCurves(services);
    this.#subscriptions = [
      source.onDidChange(() => this.#later()),
      window.onDidChangeVisibleTextEditors(() => this.#later()),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === 'mlproject') this.#later();
      }),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('mlflow.inlineCharts')) this.#later();
      }),
    ];
    this.#later();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#decorations.dispose();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const editors = window.visibleTextEditors.filter(({ document }) => document.languageId === 'mlproject');
      for (const editor of editors) {
        this.#draw(editor).catch((error) => {
          // The server may just be going away; what is drawn stays until it is back.
          this.#services.log.debug(`Curves of entry points: ${error instanceof Error ? error.message : error}`);
        });
      }
    }, TOGETHER);
  }

  async #draw(editor: TextEditor): Promise<void> {
    const { document } = editor;
    const { version } = document;
    const isWanted =
      workspace.isTrusted && workspace.getConfiguration('mlflow.inlineCharts', document).get('enabled', true);
    const places = isWanted ? await this.#read(editor) : [];
    // Whoever types on has another drawing coming.
    if (document.version === version) this.#decorations.draw(editor, places);
  }

  async #read({ document }: TextEditor): Promise<readonly DrawnPlace[]> {
    const project = await readProject(document);
    const runs = this.#source.of(document, project);
    const connection = this.#services.servers.of(document.uri)?.connection;
    if (!connection) return [];
    const place = async ({ nameRange }: EntryPoint, { latest, last }: ShownRuns): Promise<DrawnPlace | undefined> => {
      const key = mainMetric(last.data.metrics)?.key;
      if (key === undefined) return undefined;
      const curves = await this.#curves.curvesOf({ connection, runs: latest, total: undefined }, key);
      const start = document.positionAt(nameRange.start);
      const metric = { key, curves };
      const range = new Range(start, document.lineAt(start).range.end);
      return { range, metrics: [metric], isNamed: true, hover: [curveHover(metric)] };
    };
    const places = project.entryPoints.map((entryPoint) => {
      const known = runs.get(entryPoint.name);
      return known && place(entryPoint, known);
    });
    return (await Promise.all(places)).filter((it) => it !== undefined);
  }
}
