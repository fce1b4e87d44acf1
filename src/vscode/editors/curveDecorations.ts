import {
  type DecorationOptions,
  type DecorationRenderOptions,
  type Disposable,
  MarkdownString,
  type Range,
  type TextEditor,
  ThemeColor,
  Uri,
  window,
} from 'vscode';
import { formatNumber } from '../../views/formatNumber.ts';
import { bestOf, hoverChart, inlineChart, inlineText, svgUri } from '../../views/inlineChart.ts';
import { escapeMarkdown } from '../../views/markdown.ts';
import { oneLine } from '../../views/tree/row.ts';
import type { CommandId } from '../commands/ids.ts';
import { commandLink } from '../services/commandLink.ts';
import type { LinkedCurve } from './loggedCurves.ts';

/** A metric and the curves of the latest runs, newest first. */
export interface DrawnMetric {
  readonly key: string;
  readonly curves: readonly LinkedCurve[];
}

/** What stands behind a place of a document. */
export interface DrawnPlace {
  /** Its end is where the curve stands. */
  readonly range: Range;
  /** The first of them is drawn, all are told. */
  readonly metrics: readonly DrawnMetric[];
  /** Whether each value is told with its name. */
  readonly isNamed: boolean;
  /** Shown while the mouse rests on the range, where nothing else tells it. */
  readonly hover?: readonly MarkdownString[] | undefined;
}

/** Pictures and values behind the ends of lines. */
export class CurveDecorations implements Disposable {
  readonly #pictures = window.createTextEditorDecorationType({});
  readonly #texts = window.createTextEditorDecorationType({});

  draw(editor: TextEditor, places: readonly DrawnPlace[]): void {
    const decorate = (render: (place: DrawnPlace) => DecorationRenderOptions['after']) =>
      places.flatMap((place): DecorationOptions[] => {
        const after = render(place);
        return after ? [{ range: place.range, renderOptions: { after } }] : [];
      });
    const hovers = places.flatMap(({ range, hover }) => (hover ? [{ range, hoverMessage: [...hover] }] : []));
    editor.setDecorations(this.#pictures, [...decorate(picture), ...hovers]);
    editor.setDecorations(this.#texts, decorate(text));
  }

  dispose(): void {
    this.#pictures.dispose();
    this.#texts.dispose();
  }
}

function picture({ metrics }: DrawnPlace): DecorationRenderOptions['after'] {
  const drawing = metrics[0] && inlineChart(metrics[0].curves);
  return drawing ? { contentIconPath: Uri.parse(svgUri(drawing), true), margin: '0 0 0 2ch' } : undefined;
}

function text({ metrics, isNamed }: DrawnPlace): DecorationRenderOptions['after'] {
  const told = metrics
    .map(({ key, curves }) => [key, inlineText(key, curves)] as const)
    .filter(([, value]) => value !== '');
  const [first] = told;
  if (!first) return undefined;
  const isOne = !isNamed && told.length === 1;
  const contentText = isOne
    ? first[1]
    : told.map(([key, value]) => `${oneLine(key, 60)} ${value.replace(/ · .*/, '')}`).join('  ');
  return { contentText, color: new ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 1ch' };
}

const OPEN_RUN = 'mlflow.run.showDetails' satisfies CommandId;
const OPEN_CHARTS = 'mlflow.run.showMetricChart' satisfies CommandId;

/** The curves, and the values of each run, which lead to it. */
export function curveHover({ key, curves }: DrawnMetric): MarkdownString {
  const drawing = hoverChart(curves);
  const best = bestOf(key, curves);
  const rows = curves.map(({ runName, reference, last, min, max }) => {
    const values = [last, min, max].map((value) => escapeMarkdown(value === undefined ? '–' : formatNumber(value)));
    return `| ${[commandLink(escapeMarkdown(oneLine(runName, 60)), OPEN_RUN, reference), ...values].join(' | ')} |`;
  });
  const charts = commandLink('Charts', OPEN_CHARTS, { runs: curves.map(({ reference }) => reference), metricKey: key });
  const title = `**${escapeMarkdown(oneLine(key, 100))}**${best === undefined ? '' : ` · best ${escapeMarkdown(formatNumber(best))}`} · ${charts}`;
  const table = ['| run | last | min | max |', '| :-- | --: | --: | --: |', ...rows].join('\n');
  const hover = new MarkdownString(
    [title, drawing ? `![](${svgUri(drawing)})` : '', table].filter(Boolean).join('\n\n'),
  );
  hover.isTrusted = { enabledCommands: [OPEN_RUN, OPEN_CHARTS] };
  return hover;
}
