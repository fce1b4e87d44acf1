import { element } from '../shared/dom.ts';

export interface InlineEditOptions {
  readonly label: string;
  readonly value: string;
  readonly isMultiline?: boolean;
  /** @returns whether it was kept: the field stays where not */
  readonly onSave: (value: string) => Promise<boolean>;
  readonly onClose: () => void;
}

/** A field in the place of what it edits: Enter keeps (with Ctrl or Cmd in a text of several lines), Escape gives up. */
export function inlineEdit({ label, value, isMultiline = false, onSave, onClose }: InlineEditOptions): HTMLElement {
  const attributes = { 'aria-label': label, spellcheck: 'false' };
  const field = isMultiline
    ? element('textarea', { class: 'input', attributes: { ...attributes, rows: '6' } })
    : element('input', { class: 'input', attributes: { ...attributes, type: 'text' } });
  field.value = value;
  const save = async () => {
    field.readOnly = true;
    if (await onSave(field.value)) onClose();
    else {
      field.readOnly = false;
      field.focus();
    }
  };
  const saveButton = element('button', { class: 'primary', attributes: { type: 'submit' } }, 'Save');
  const cancel = element('button', { class: 'secondary', attributes: { type: 'button' } }, 'Cancel');
  cancel.addEventListener('click', onClose);
  const form = element(
    'form',
    { class: isMultiline ? 'edit multiline' : 'edit' },
    field,
    element('span', { class: 'edit-buttons' }, saveButton, cancel),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void save();
  });
  form.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
    if (event.key === 'Enter' && isMultiline && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  });
  queueMicrotask(() => {
    field.focus();
    if (!isMultiline) field.select();
  });
  return form;
}
