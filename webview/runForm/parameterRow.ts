import type { RunFormField } from '../../src/protocol/runForm.ts';
import { dropdown, iconButton, type TextField, textField } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';
import { stepNumber } from './stepNumber.ts';

export interface RowState {
  readonly value: string;
  /** The value stands for several. */
  readonly isSwept: boolean;
}

/** One parameter: its name, its control, what it is for, and what is wrong with its value. */
export interface ParameterRow {
  readonly element: HTMLElement;
  readonly name: string;
  readonly state: RowState;
  show(state: RowState): void;
  /** @param error what is wrong with the value, @param sweep what it stands for, where it stands for several */
  say(error: string | undefined, sweep: string | undefined): void;
  focus(): void;
}

interface RowOptions {
  onChange(): void;
  /** Whether it may stand for several values. */
  readonly isSweepable: boolean;
  /** @returns the path that the user chose */
  pickPath(value: string): Promise<string | undefined>;
}

type Control = Pick<TextField, 'element' | 'value' | 'focus'>;

export function parameterRow(field: RunFormField, first: RowState, options: RowOptions): ParameterRow {
  const { onChange, pickPath, isSweepable } = options;
  let isSwept = first.isSwept && isSweepable;
  let control = makeControl(isSwept === first.isSwept ? first.value : firstValue(first.value));
  const errorId = `error-${field.name}`;
  const error = element('div', { class: 'error', attributes: { id: errorId, role: 'alert' } });
  const values = element('div', { class: 'description values' });
  const controls = element('div', { class: 'controls' });
  const input = element(
    'div',
    { class: 'input' },
    controls,
    values,
    field.description === undefined ? undefined : element('div', { class: 'description' }, field.description),
    error,
  );
  const row = element(
    'div',
    { class: 'row' },
    element(
      'div',
      { class: 'label' },
      element('span', { class: 'name' }, field.name),
      element('span', { class: 'type' }, field.type),
    ),
    input,
  );
  fillControls();

  function makeControl(value: string): Control {
    const label = labelOf(field, isSwept);
    const made =
      field.control === 'choice' && !isSwept
        ? choice(label, field, value, onChange)
        : textField({ label, value, placeholder: isSwept ? '0.1, 0.2 or 1..10 step 2' : placeholder(field) }, onChange);
    made.element.dataset.parameter = field.name;
    if (field.control === 'number' && !isSwept) made.element.addEventListener('keydown', step);
    return made;
  }

  function step(event: KeyboardEvent): void {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    const stepped = stepNumber(control.value, event.key === 'ArrowUp' ? 1 : -1);
    if (stepped === undefined) return;
    event.preventDefault();
    control.value = stepped;
    onChange();
  }

  function fillControls(): void {
    const browse =
      field.control === 'path' && !isSwept
        ? [iconButton(`Choose ${field.name}…`, 'folder-opened', () => void pick())]
        : [];
    const title = isSwept ? `One value for ${field.name}` : `Sweep ${field.name}: several values, a run for each`;
    const sweep = iconButton(title, 'layers', toggle, { pressed: isSwept });
    sweep.classList.add('sweep');
    controls.replaceChildren(control.element, ...browse, ...(isSweepable ? [sweep] : []));
  }

  async function pick(): Promise<void> {
    const path = await pickPath(control.value);
    if (path === undefined) return;
    control.value = path;
    onChange();
  }

  function toggle(): void {
    const { value } = control;
    const swept = !isSwept;
    show({ value: swept ? sweepText(field, value) : firstValue(value), isSwept: swept });
    // The control makes its input in the next frame.
    requestAnimationFrame(() => control.focus());
    onChange();
  }

  function show(state: RowState): void {
    isSwept = state.isSwept && isSweepable;
    control = makeControl(isSwept === state.isSwept ? state.value : firstValue(state.value));
    fillControls();
  }

  return {
    element: row,
    name: field.name,
    get state() {
      return { value: control.value, isSwept };
    },
    show,
    say(message, sweep) {
      // The same words are not to be read aloud again with every key.
      if (error.textContent !== (message ?? '')) error.textContent = message ?? '';
      values.textContent = sweep ?? '';
      control.element.classList.toggle('invalid', message !== undefined);
      control.element.setAttribute('aria-invalid', String(message !== undefined));
    },
    focus: () => control.focus(),
  };
}

/** What a screen reader says of the control. */
function labelOf({ name, type, description, ...field }: RunFormField, isSwept: boolean): string {
  const facts = [type, ...(field.default === undefined ? ['required'] : []), ...(isSwept ? ['several values'] : [])];
  return `${name}, ${facts.join(', ')}${description === undefined ? '' : `: ${description}`}`;
}

function placeholder(field: RunFormField): string {
  return field.default === undefined ? 'required' : field.default;
}

/** An empty choice is the default where there is one, and missing where there is none. */
function choice(label: string, field: RunFormField, value: string, onChange: () => void): Control {
  const known = [...new Set([...field.choices, ...(value === '' ? [] : [value])])];
  const none = field.default === undefined || value === '' ? [['', field.default ?? 'choose…'] as const] : [];
  let chosen = value;
  const choices = new Map([...none, ...known.map((word) => [word, word] as const)]);
  const made = dropdown(label, choices, value, (word) => {
    chosen = word;
    onChange();
  });
  return {
    element: made,
    get value() {
      return chosen;
    },
    set value(_) {
      // A choice is replaced, not written into.
    },
    focus: () => made.focus(),
  };
}

/** What a sweep starts from: all there is to choose from, else the one value. */
function sweepText(field: RunFormField, value: string): string {
  if (field.control === 'choice') return field.choices.join(', ');
  return /[,"]|\.\./.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function firstValue(text: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"/.exec(text)?.[1];
  return quoted?.replaceAll('""', '"') ?? /^[^,]*?(?=\s*(?:,|\.\.|$))/.exec(text.trim())?.[0] ?? '';
}
