import '../shared/style.css';
import './style.css';
import type {
  RunForm,
  RunFormCheck,
  RunFormEvent,
  RunFormInput,
  RunFormRequests,
  RunFormSource,
} from '../../src/protocol/runForm.ts';
import { button } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';
import { connectHost, savedState, saveState } from '../shared/host.ts';
import { type ParameterRow, parameterRow } from './parameterRow.ts';
import { presetBar } from './presetBar.ts';
import { runOptions } from './runOptions.ts';

const host = connectHost<RunFormRequests, RunFormEvent>(({ form }) => redraw(form));
const root = document.getElementById('root');
let redraw: (form: RunForm) => void = () => undefined;

function draw(source: RunFormSource, form: RunForm): void {
  /** Nobody is told that a field is empty before having been there, or having tried to run. */
  const visited = new Set<string>();
  const rows = form.fields.map(
    (field): ParameterRow =>
      parameterRow(field, stateOf(form.input, field.name), {
        onChange() {
          visited.add(field.name);
          edited();
        },
        isSweepable: source.purpose === 'run',
        pickPath: (value) => host.ask('pickPath', { parameter: field.name, value }),
      }),
  );
  const options = runOptions(form.projectName, form.input, () => edited());
  const presets = presetBar(form, {
    onChoose(input) {
      for (const row of rows) row.show(stateOf(input, row.name));
      options.show(input);
      void check();
    },
    save: () => host.ask('savePreset', { input: input() }),
    remove: (name) => host.ask('deletePreset', { name }),
  });
  const caption = element('span', { class: 'caption' });
  const preview = element('code', { class: 'preview' });
  const failure = element('div', { class: 'error failure', attributes: { role: 'alert' } });
  const verb = source.purpose === 'run' ? 'Run' : 'Debug';
  const runButton = button(verb, () => void run(), { primary: true });

  function input(): RunFormInput {
    return {
      values: Object.fromEntries(rows.map(({ name, state }) => [name, state.value])),
      swept: rows.filter(({ state }) => state.isSwept).map(({ name }) => name),
      ...options.values,
    };
  }

  function edited(): void {
    presets.showEdited();
    void check();
  }

  function say(checked: RunFormCheck): void {
    const isSweep = rows.some(({ state }) => state.isSwept);
    preview.textContent = checked.preview;
    caption.textContent = checked.runs > 1 ? `Command of the first of ${checked.runs} runs` : 'Command';
    runButton.textContent = checked.runs > 1 ? `Run ${checked.runs} Times` : verb;
    options.showJobs(isSweep, checked.jobsError);
    for (const row of rows) {
      const isTold = row.state.value !== '' || visited.has(row.name);
      row.say(isTold ? textOf(checked.errors, row.name) : undefined, textOf(checked.sweeps, row.name));
    }
  }

  async function check(): Promise<void> {
    const now = input();
    saveState({ source: { ...source, input: now } });
    say(await host.ask('check', { input: now }));
  }

  let isStarting = false;
  async function run(): Promise<void> {
    if (isStarting) return;
    isStarting = true;
    for (const { name } of rows) visited.add(name);
    failure.textContent = '';
    try {
      const checked = await host.ask('run', { input: input() });
      say(checked);
      rows.find((row) => textOf(checked.errors, row.name) !== undefined)?.focus();
    } catch (error) {
      failure.textContent = error instanceof Error ? error.message : String(error);
    }
    isStarting = false;
  }

  redraw = (changed) => draw(source, { ...changed, input: keepInput(changed, input()) });
  const page = element(
    'form',
    { class: 'run-form', attributes: { 'aria-label': `Parameters of ${form.entryPoint}` } },
    element(
      'header',
      {},
      element(
        'div',
        {},
        element('h1', {}, `${verb} ${form.entryPoint}`),
        element('p', { class: 'project' }, form.projectName),
      ),
      presets.element,
    ),
    ...(rows.length > 0
      ? rows.map((row) => row.element)
      : [element('p', { class: 'project' }, 'It has no parameters.')]),
    options.element,
    element('div', { class: 'command' }, caption, preview),
    failure,
    element(
      'div',
      { class: 'buttons' },
      runButton,
      button('Cancel', () => void host.ask('cancel', undefined)),
    ),
  );
  page.addEventListener('submit', (event) => event.preventDefault());
  page.addEventListener('keydown', (event) => {
    const isTextField = event.target instanceof Element && event.target.tagName === 'VSCODE-TEXT-FIELD';
    if (event.key === 'Enter' && isTextField) {
      event.preventDefault();
      void run();
    }
  });
  root?.replaceChildren(page);
  void check();
}

/** What was typed, for the parameters that there are now. */
function keepInput({ defaults }: RunForm, typed: RunFormInput): RunFormInput {
  const values = Object.entries(defaults.values).map(([name, value]) => [
    name,
    Object.hasOwn(typed.values, name) ? (typed.values[name] ?? value) : value,
  ]);
  return {
    ...typed,
    values: Object.fromEntries(values),
    swept: typed.swept.filter((name) => Object.hasOwn(defaults.values, name)),
  };
}

function stateOf({ values, swept }: RunFormInput, name: string) {
  return { value: Object.hasOwn(values, name) ? (values[name] ?? '') : '', isSwept: swept.includes(name) };
}

function textOf(texts: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

// Wherever the focus is, also where nothing has it.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) void host.ask('cancel', undefined);
});

void host.ask('ready', undefined).then(({ source, form }) => {
  // A page that was hidden is made anew when it is shown again.
  const typed = savedState<{ readonly source: RunFormSource }>()?.source?.input;
  draw(source, typed ? { ...form, input: keepInput(form, typed) } : form);
  const first = root?.querySelector<HTMLElement>('[data-parameter], [data-option]');
  // The control makes its input in the next frame.
  requestAnimationFrame(() => first?.focus());
});
