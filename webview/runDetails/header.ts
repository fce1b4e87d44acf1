import type { DetailsHeader, DetailsTimes, RunAction, RunCopy } from '../../src/protocol/runDetails.ts';
import { element, statusIcon, swatch } from '../shared/dom.ts';
import { actionButton, linkButton, smallButton } from './buttons.ts';
import { inlineEdit } from './inlineEdit.ts';
import type { PageContext } from './page.ts';

const COPIES: readonly (readonly [RunCopy, string, string])[] = [
  ['uri', 'URI', 'runs:/… as MLflow takes it'],
  ['python', 'Python', 'Code that loads the run and its models'],
  ['markdown', 'Markdown', 'All values, for a chat or an issue'],
  ['artifactUri', 'Artifact URI', 'Where its files lie'],
];

/** Name, state and what can be done with the run. */
export class Header {
  readonly element: HTMLElement;
  readonly #context: PageContext;
  readonly #title = element('div', { class: 'title' });
  readonly #facts = element('div', { class: 'facts' });
  readonly #times = element('span', { class: 'times' });
  readonly #actions = element('div', { class: 'actions', attributes: { role: 'toolbar', 'aria-label': 'Run' } });
  #isEditing = false;
  #header: DetailsHeader | undefined;

  constructor(context: PageContext) {
    this.#context = context;
    this.element = element('header', {}, this.#title, this.#facts, this.#actions);
  }

  update(header: DetailsHeader): void {
    const before = this.#header;
    this.#header = header;
    if (!this.#isEditing) this.#drawTitle();
    if (before?.experimentName !== header.experimentName) this.#drawFacts(header);
    const look = ({ isDeleted, isProjectRun }: DetailsHeader) => `${isDeleted} ${isProjectRun}`;
    if (!before || look(before) !== look(header)) this.#drawActions(header);
  }

  updateTimes({ age, started, ended, duration }: DetailsTimes): void {
    const parts = [age === undefined ? undefined : `started ${age === 'now' ? 'just now' : age}`, duration];
    this.#times.textContent = parts.filter(Boolean).join(' · ');
    this.#times.title = [started && `Started ${started}`, ended && `Ended ${ended}`].filter(Boolean).join('\n');
  }

  #drawTitle(): void {
    const header = this.#header;
    if (!header) return;
    const { name, status, isDeleted } = header;
    const hadFocus = this.#title.contains(document.activeElement);
    const rename = smallButton('Rename run', 'edit', () => this.#edit());
    this.#title.replaceChildren(
      swatch(header),
      element('h1', { title: name }, name),
      rename,
      element(
        'span',
        { class: `state ${status.toLowerCase()}` },
        statusIcon(status),
        element('span', { attributes: { 'aria-hidden': 'true' } }, status.toLowerCase()),
      ),
      isDeleted ? element('span', { class: 'badge' }, 'deleted') : '',
    );
    if (hadFocus) rename.focus();
  }

  #edit(): void {
    const header = this.#header;
    if (!header) return;
    this.#isEditing = true;
    const { host, attempt } = this.#context;
    const close = () => {
      this.#isEditing = false;
      this.#drawTitle();
      this.#title.querySelector('button')?.focus();
    };
    const onSave = (name: string) => attempt(() => host.ask('rename', { name }));
    this.#title.replaceChildren(
      swatch(header),
      inlineEdit({ label: 'Name of the run', value: header.name, onSave, onClose: close }),
    );
  }

  #drawFacts({ experimentName, runId }: DetailsHeader): void {
    const { host, attempt } = this.#context;
    this.#facts.replaceChildren(
      element('span', { class: 'fact', title: experimentName }, 'in ', element('strong', {}, experimentName)),
      this.#times,
      element(
        'span',
        { class: 'fact' },
        element('code', {}, runId),
        smallButton('Copy run ID', 'copy', () => void attempt(() => host.ask('copy', { what: 'id' }))),
      ),
    );
  }

  #drawActions({ isDeleted, isProjectRun }: DetailsHeader): void {
    const { host, attempt } = this.#context;
    const act = (text: string, icon: string, action: RunAction) =>
      actionButton(text, icon, () => void attempt(() => host.ask('act', { action })));
    const copies = COPIES.map(([what, text, title]) =>
      linkButton(text, title, () => void attempt(() => host.ask('copy', { what }))),
    );
    this.#actions.replaceChildren(
      act('Charts', 'graph-line', 'charts'),
      act('Compare…', 'diff', 'compare'),
      ...(isProjectRun ? [act('Run Again', 'debug-rerun', 'again')] : []),
      ...(isDeleted
        ? [act('Restore', 'discard', 'restore'), act('Delete Permanently…', 'trash', 'purge')]
        : [act('Delete…', 'trash', 'delete')]),
      element(
        'span',
        { class: 'copies', attributes: { role: 'group', 'aria-label': 'Copy as' } },
        'Copy as',
        ...copies,
      ),
    );
  }
}
