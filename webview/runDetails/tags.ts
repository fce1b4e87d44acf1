import type { KeyValue } from '../../src/protocol/runDetails.ts';
import { element } from '../shared/dom.ts';
import { linkButton, smallButton } from './buttons.ts';
import { inlineEdit } from './inlineEdit.ts';
import { KeyValues } from './keyValues.ts';
import type { PageContext } from './page.ts';

/** The tags that users set: added, changed and deleted in their place; MLflow's own are folded away below. */
export class Tags {
  readonly element: HTMLElement;
  readonly own: KeyValues;
  readonly #system: KeyValues;
  readonly #systemTitle = element('summary', {});
  readonly #folded: HTMLElement;
  readonly #context: PageContext;

  constructor(context: PageContext) {
    this.#context = context;
    const { host, attempt } = context;
    const onCopy = (text: string) => void attempt(() => host.ask('copyText', { text }));
    this.own = new KeyValues({
      caption: 'Tags',
      empty: 'No tags.',
      onCopy,
      buttons: (pair, row) => [
        smallButton(`Edit ${pair.key}`, 'edit', () => this.#edit(pair, row)),
        smallButton(`Delete ${pair.key}`, 'trash', () => void attempt(() => host.ask('deleteTag', { key: pair.key }))),
      ],
    });
    this.#system = new KeyValues({ caption: "MLflow's tags", empty: 'None.', onCopy });
    this.#folded = element(
      'details',
      { class: 'folded' },
      this.#systemTitle,
      this.#system.filter,
      this.#system.element,
    );
    this.element = element('div', {}, this.own.element, this.#adder(), this.#folded);
  }

  update(tags: readonly KeyValue[]): void {
    this.own.update(tags);
  }

  updateSystem(tags: readonly KeyValue[]): void {
    this.#folded.hidden = tags.length === 0;
    this.#systemTitle.textContent = `Kept by MLflow (${tags.length})`;
    this.#system.update(tags);
  }

  #edit({ key, value }: KeyValue, row: HTMLElement): void {
    const cell = row.querySelector('.value');
    if (!cell || row.querySelector('form')) return;
    const before = [...cell.childNodes];
    const { host, attempt } = this.#context;
    const close = () => {
      cell.replaceChildren(...before);
      // Its value may have changed meanwhile.
      this.own.draw();
      this.own.element.querySelector<HTMLElement>(`[aria-label="${CSS.escape(`Edit ${key}`)}"]`)?.focus();
    };
    const edit = inlineEdit({
      label: `Value of ${key}`,
      value,
      isMultiline: value.includes('\n'),
      onSave: (text) => attempt(() => host.ask('setTag', { key, value: text })),
      onClose: close,
    });
    cell.replaceChildren(edit);
  }

  /** A button that becomes two fields. */
  #adder(): HTMLElement {
    const place = element('div', { class: 'adder' });
    const { host, attempt } = this.#context;
    const rest = () => place.replaceChildren(linkButton('Add a tag', undefined, open));
    const open = () => {
      const key = element('input', {
        class: 'input',
        attributes: { 'aria-label': 'Name of the tag', placeholder: 'name' },
      });
      const value = element('input', {
        class: 'input',
        attributes: { 'aria-label': 'Value of the tag', placeholder: 'value' },
      });
      const add = element('button', { class: 'primary', attributes: { type: 'submit' } }, 'Add');
      const cancel = element('button', { class: 'secondary', attributes: { type: 'button' } }, 'Cancel');
      const close = () => {
        rest();
        place.querySelector('button')?.focus();
      };
      cancel.addEventListener('click', close);
      const form = element(
        'form',
        { class: 'edit' },
        key,
        value,
        element('span', { class: 'edit-buttons' }, add, cancel),
      );
      form.addEventListener('submit', async (event) => {
        event.preventDefault();
        if (await attempt(() => host.ask('setTag', { key: key.value, value: value.value }))) close();
        else key.focus();
      });
      form.addEventListener('keydown', (event) => {
        if (event instanceof KeyboardEvent && event.key === 'Escape') close();
      });
      place.replaceChildren(form);
      key.focus();
    };
    rest();
    return place;
  }
}
