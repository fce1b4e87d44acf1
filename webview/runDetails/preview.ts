import type { ArtifactAction, ArtifactEntry, LoggedTable, Preview } from '../../src/protocol/runDetails.ts';
import { element } from '../shared/dom.ts';
import { actionButton } from './buttons.ts';

const ACTIONS: readonly (readonly [ArtifactAction, string, string])[] = [
  ['open', 'Open in Editor', 'go-to-file'],
  ['page', 'Show Page', 'open-preview'],
  ['download', 'Download…', 'cloud-download'],
  ['copyPath', 'Copy Path', 'copy'],
  ['copyUri', 'Copy URI', 'link'],
  ['terminal', 'Terminal', 'terminal'],
];

/** What can be done with an artifact. @param isLocal terminals are for files of this machine */
export function previewActions(
  { isFolder, path }: Pick<ArtifactEntry, 'isFolder' | 'path'>,
  isLocal: boolean,
  act: (action: ArtifactAction) => void,
): HTMLElement {
  const isPossible: Partial<Record<ArtifactAction, boolean>> = {
    open: !isFolder,
    page: !isFolder && /\.html?$/i.test(path),
    copyPath: path !== '',
    terminal: isLocal,
  };
  const shown = ACTIONS.filter(([action]) => isPossible[action] !== false);
  const buttons = shown.map(([action, text, icon]) => actionButton(text, icon, () => act(action)));
  return element('div', { class: 'actions', attributes: { role: 'toolbar', 'aria-label': 'Artifact' } }, ...buttons);
}

export function previewContent(preview: Preview, name: string): HTMLElement {
  switch (preview.kind) {
    case 'image': {
      const image = element('img', { attributes: { alt: name } });
      image.src = preview.uri;
      image.addEventListener('error', () =>
        image.replaceWith(note('This picture is damaged, or not of the kind that its name says.')),
      );
      return image;
    }
    case 'table':
      return tableOf(preview.table, name, preview.note);
    case 'text':
      return element(
        'div',
        {},
        preview.note ? note(preview.note) : undefined,
        scroller(name, element('pre', {}, preview.text)),
      );
    case 'none':
    case 'missing':
      return note(preview.note);
  }
}

/** Also what is missing among numbers. */
const NUMBER = /^(?:-?(?:\d[\d.,]*(?:e[+-]?\d+)?|Infinity)|NaN|null|)$/i;

function tableOf({ columns, rows, total }: LoggedTable, name: string, told?: string): HTMLElement {
  const classes = columns.map((_, at) => (rows.every((row) => NUMBER.test(row[at] ?? '')) ? 'number' : ''));
  const header = columns.map((text, at) =>
    element('th', { class: classes[at] ?? '', attributes: { scope: 'col' } }, text),
  );
  const lines = rows.map((row) =>
    element('tr', {}, ...row.map((text, at) => element('td', { class: classes[at] ?? '' }, text))),
  );
  const table = element(
    'table',
    { class: 'grid' },
    element('caption', { class: 'visually-hidden' }, name),
    element('thead', {}, element('tr', {}, ...header)),
    element('tbody', {}, ...lines),
  );
  const left = total - rows.length;
  return element(
    'div',
    {},
    note(
      told ??
        `${total.toLocaleString('en-US')} ${total === 1 ? 'row' : 'rows'}${left > 0 ? `, of which the first ${rows.length} are shown` : ''}`,
    ),
    scroller(name, table),
  );
}

/** What scrolls has to be reached by the keyboard. */
function scroller(name: string, content: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: 'scroller', attributes: { tabindex: '0', role: 'region', 'aria-label': name } },
    content,
  );
}

function note(text: string): HTMLElement {
  return element('p', { class: 'note' }, text);
}
