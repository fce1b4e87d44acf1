import { element } from '../shared/dom.ts';
import { linkButton, smallButton } from './buttons.ts';
import { inlineEdit } from './inlineEdit.ts';
import { type MarkdownNode, parseMarkdown } from './markdown.ts';
import type { PageContext } from './page.ts';

/** The description of the run: Markdown, edited in its place. */
export class Description {
  readonly element = element('section', { class: 'description', attributes: { 'aria-label': 'Description' } });
  readonly #context: PageContext;
  #note = '';
  #isEditing = false;
  #isKnown = false;
  #isWanted = false;

  constructor(context: PageContext) {
    this.#context = context;
    this.#draw();
  }

  update(note: string): void {
    this.#note = note;
    this.#isKnown = true;
    if (this.#isWanted) this.edit();
    else if (!this.#isEditing) this.#draw();
  }

  /** Lets the user edit it, as soon as it is known. */
  edit(): void {
    this.#isWanted = !this.#isKnown;
    if (this.#isKnown && !this.#isEditing) this.#edit();
  }

  #draw(): void {
    if (this.#note.trim() === '') {
      this.element.replaceChildren(linkButton('Add a description', undefined, () => this.#edit()));
      return;
    }
    const text = element('div', { class: 'markdown' }, ...parseMarkdown(this.#note).map(drawNode));
    this.element.replaceChildren(
      text,
      smallButton('Edit description', 'edit', () => this.#edit()),
    );
  }

  #edit(): void {
    this.#isEditing = true;
    const { host, attempt } = this.#context;
    const close = () => {
      this.#isEditing = false;
      this.#draw();
      this.element.querySelector('button')?.focus();
    };
    this.element.replaceChildren(
      inlineEdit({
        label: 'Description, in Markdown',
        value: this.#note,
        isMultiline: true,
        onSave: (text) => attempt(() => host.ask('setNote', { text })),
        onClose: close,
      }),
    );
  }
}

function drawNode(node: MarkdownNode): Node | string {
  if (typeof node === 'string') return node;
  const { tag, href, children } = node;
  return element(tag, { attributes: { href } }, ...children.map(drawNode));
}
