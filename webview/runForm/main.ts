import '../shared/style.css';
import './style.css';
import type { RunForm, RunFormCheck, RunFormEvent, RunFormField, RunFormRequests } from '../../src/protocol/runForm.ts';
import { button, type TextField, textField } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';
import { connectHost } from '../shared/host.ts';

const host = connectHost<RunFormRequests, RunFormEvent>(() => undefined);
const root = document.getElementById('root');

interface Input {
  readonly field: RunFormField;
  readonly control: TextField;
  readonly error: HTMLElement;
}

function draw(form: RunForm): void {
  const inputs = form.fields.map((field): Input => {
    const placeholder = field.required ? 'required' : field.value;
    const control = textField({ label: field.name, value: field.value, placeholder }, () => void check());
    const error = element('div', { class: 'error', attributes: { role: 'alert', id: `error-${field.name}` } });
    control.element.setAttribute('aria-describedby', `error-${field.name}`);
    control.element.dataset.parameter = field.name;
    return { field, control, error };
  });
  const preview = element('code', { class: 'preview' });
  const values = () => Object.fromEntries(inputs.map(({ field, control }) => [field.name, control.value]));

  const say = (checked: RunFormCheck) => {
    preview.textContent = checked.preview;
    for (const { field, control, error } of inputs) {
      error.textContent = checked.errors[field.name] ?? '';
      control.element.classList.toggle('invalid', field.name in checked.errors);
    }
  };
  const check = async () => say(await host.ask('check', { values: values() }));
  const run = async () => {
    const checked = await host.ask('run', { values: values() });
    say(checked);
    inputs.find(({ field }) => field.name in checked.errors)?.control.focus();
  };

  const rows = inputs.map(({ field, control, error }) =>
    element(
      'div',
      { class: 'row' },
      element(
        'div',
        { class: 'label' },
        element('span', { class: 'name' }, field.name),
        element('span', { class: 'type' }, field.type),
      ),
      element(
        'div',
        { class: 'input' },
        control.element,
        field.description === undefined ? undefined : element('div', { class: 'description' }, field.description),
        error,
      ),
    ),
  );
  const page = element(
    'form',
    { class: 'run-form', attributes: { 'aria-label': `Parameters of ${form.entryPoint}` } },
    element('h1', {}, `Run ${form.entryPoint}`),
    element('p', { class: 'project' }, form.projectName),
    ...rows,
    element('div', { class: 'command' }, element('span', { class: 'caption' }, 'Command'), preview),
    element(
      'div',
      { class: 'buttons' },
      button('Run', () => void run(), { primary: true }),
      button('Cancel', () => void host.ask('cancel', undefined)),
    ),
  );
  page.addEventListener('submit', (event) => event.preventDefault());
  page.addEventListener('keydown', (event) => {
    const onButton = event.target instanceof Element && event.target.tagName === 'VSCODE-BUTTON';
    if (event.key === 'Enter' && !onButton) {
      event.preventDefault();
      void run();
    }
    if (event.key === 'Escape') void host.ask('cancel', undefined);
  });
  root?.replaceChildren(page);
  void check();
  // The control makes its input in the next frame.
  requestAnimationFrame(() => inputs[0]?.control.focus());
}

void host.ask('ready', undefined).then(draw);
