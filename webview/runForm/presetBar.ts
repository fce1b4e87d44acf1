import type { PresetList, RunForm, RunFormInput, RunFormPreset } from '../../src/protocol/runForm.ts';
import { dropdown, iconButton } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';

/** Which values the form was filled with. */
type Choice =
  | { readonly kind: 'edited' | 'lastUsed' | 'defaults' }
  | { readonly kind: 'preset'; readonly name: string };

export interface PresetBar {
  readonly element: HTMLElement;
  /** The values are no longer those that were chosen. */
  showEdited(): void;
}

interface PresetEvents {
  onChoose(input: RunFormInput): void;
  save(): Promise<PresetList | undefined>;
  remove(name: string): Promise<PresetList>;
}

/** Chooses among the values that were used last, the defaults and what was saved under a name. */
export function presetBar({ defaults, lastUsed, ...form }: RunForm, events: PresetEvents): PresetBar {
  let presets: readonly RunFormPreset[] = form.presets;
  let chosen: Choice = firstChoice(form.input, lastUsed, defaults);
  const bar = element('div', { class: 'presets' });
  draw();

  function draw(): void {
    const hadFocus = bar.contains(document.activeElement);
    const choices = new Map([
      ...(chosen.kind === 'edited' ? [['edited', 'Edited values'] as const] : []),
      ...(lastUsed ? [['lastUsed', 'Last used'] as const] : []),
      ['defaults', 'Defaults'] as const,
      ...presets.map(({ name }) => [`preset ${name}`, name] as const),
    ]);
    const list = dropdown('Values', choices, optionOf(chosen), choose);
    list.classList.add('choice');
    const isPreset = chosen.kind === 'preset';
    bar.replaceChildren(
      element('span', { class: 'caption', attributes: { 'aria-hidden': 'true' } }, 'Values'),
      list,
      iconButton('Save values as preset…', 'save', () => void save()),
      iconButton('Delete preset', 'trash', () => void remove(), { disabled: !isPreset }),
    );
    // The control is ready in the next frame.
    if (hadFocus) requestAnimationFrame(() => list.focus());
  }

  function choose(value: string): void {
    const preset = presets.find(({ name }) => value === `preset ${name}`);
    const input = preset?.input ?? (value === 'lastUsed' ? lastUsed : value === 'defaults' ? defaults : undefined);
    if (!input) return;
    chosen = preset ? { kind: 'preset', name: preset.name } : { kind: value === 'lastUsed' ? 'lastUsed' : 'defaults' };
    events.onChoose(input);
    draw();
  }

  async function save(): Promise<void> {
    const saved = await events.save();
    if (!saved?.name) return;
    presets = saved.presets;
    chosen = { kind: 'preset', name: saved.name };
    draw();
  }

  async function remove(): Promise<void> {
    if (chosen.kind !== 'preset') return;
    ({ presets } = await events.remove(chosen.name));
    chosen = { kind: 'edited' };
    draw();
  }

  return {
    element: bar,
    showEdited() {
      if (chosen.kind === 'edited') return;
      chosen = { kind: 'edited' };
      draw();
    },
  };
}

function firstChoice(input: RunFormInput, lastUsed: RunFormInput | undefined, defaults: RunFormInput): Choice {
  const isSame = (other: RunFormInput | undefined) => JSON.stringify(input) === JSON.stringify(other);
  if (isSame(lastUsed)) return { kind: 'lastUsed' };
  return isSame(defaults) ? { kind: 'defaults' } : { kind: 'edited' };
}

function optionOf(choice: Choice): string {
  return choice.kind === 'preset' ? `preset ${choice.name}` : choice.kind;
}
