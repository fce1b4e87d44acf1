import { element } from '../shared/dom.ts';

/** A field that narrows a list; Escape empties it. */
export function filterBox(label: string, value: string, onInput: () => void): HTMLInputElement {
  const attributes = { type: 'search', 'aria-label': label, placeholder: 'Filter', spellcheck: 'false' };
  const box = element('input', { class: 'input filter', attributes });
  box.value = value;
  box.addEventListener('input', onInput);
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || box.value === '') return;
    box.value = '';
    onInput();
  });
  return box;
}
