import type { Memento, Uri } from 'vscode';
import { isObject } from '../../protocol/channel.ts';
import { isRunFormInput, type RunFormInput, type RunFormPreset } from '../../protocol/runForm.ts';

/** What was kept of one entry point. */
interface Kept {
  readonly lastUsed?: RunFormInput | undefined;
  readonly presets: readonly RunFormPreset[];
}

/** Remembers, for this workspace, what an entry point was run with last, and inputs that the user has named. */
export class ParameterMemory {
  readonly #state: Memento;
  readonly #key: string;

  /** @param file the MLproject file */
  constructor(state: Memento, file: Uri, entryPoint: string) {
    this.#state = state;
    this.#key = `mlflow.entryPoint ${file.toString()} ${entryPoint}`;
  }

  get lastUsed(): RunFormInput | undefined {
    return this.#read().lastUsed;
  }

  get presets(): readonly RunFormPreset[] {
    return this.#read().presets;
  }

  /** The run's name is not kept: two runs shall not have the same one by mistake. */
  async remember(input: RunFormInput): Promise<void> {
    await this.#write({ ...this.#read(), lastUsed: { ...input, runName: '' } });
  }

  /** Takes the place of one with the same name. */
  async savePreset(preset: RunFormPreset): Promise<void> {
    const others = this.presets.filter(({ name }) => name !== preset.name);
    const presets = [...others, preset].sort((a, b) => a.name.localeCompare(b.name));
    await this.#write({ ...this.#read(), presets });
  }

  async deletePreset(name: string): Promise<void> {
    await this.#write({ ...this.#read(), presets: this.presets.filter((preset) => preset.name !== name) });
  }

  /** Another version of the extension may have written it. */
  #read(): Kept {
    const kept: unknown = this.#state.get(this.#key);
    if (!isObject(kept)) return { presets: [] };
    const presets = Array.isArray(kept.presets) ? kept.presets.filter(isPreset) : [];
    return { lastUsed: isRunFormInput(kept.lastUsed) ? kept.lastUsed : undefined, presets };
  }

  async #write(kept: Kept): Promise<void> {
    await this.#state.update(this.#key, kept);
  }
}

function isPreset(value: unknown): value is RunFormPreset {
  return isObject(value) && typeof value.name === 'string' && isRunFormInput(value.input);
}
