import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** The one file that knows the toolkit: everything else asks for controls by what they are. */
provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeTextField(),
);

interface ValueElement extends HTMLElement {
  value: string;
}

interface CheckedElement extends HTMLElement {
  checked: boolean;
}

export function button(label: string, onClick: () => void, options: { readonly primary?: boolean } = {}): HTMLElement {
  const element = document.createElement('vscode-button');
  element.setAttribute('appearance', options.primary ? 'primary' : 'secondary');
  element.textContent = label;
  element.addEventListener('click', onClick);
  return element;
}

/** A button that is an icon. @param options `pressed` makes it one that stays down */
export function iconButton(
  label: string,
  icon: string,
  onClick: () => void,
  options: { readonly pressed?: boolean; readonly disabled?: boolean } = {},
): HTMLElement {
  const element = document.createElement('vscode-button');
  element.setAttribute('appearance', 'icon');
  element.setAttribute('aria-label', label);
  element.title = label;
  if (options.pressed !== undefined) element.setAttribute('aria-pressed', String(options.pressed));
  element.toggleAttribute('disabled', options.disabled ?? false);
  const picture = document.createElement('span');
  picture.className = `codicon codicon-${icon}`;
  element.append(picture);
  element.addEventListener('click', onClick);
  return element;
}

export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const element = document.createElement('vscode-checkbox') as CheckedElement;
  element.textContent = label;
  element.checked = checked;
  element.toggleAttribute('checked', checked);
  element.addEventListener('change', () => onChange(element.checked));
  return element;
}

/** @param choices value → label */
export function dropdown(
  label: string,
  choices: ReadonlyMap<string, string>,
  value: string,
  onChange: (value: string) => void,
): HTMLElement {
  const element = document.createElement('vscode-dropdown') as ValueElement;
  element.setAttribute('aria-label', label);
  for (const [choice, text] of choices) {
    const option = document.createElement('vscode-option');
    option.setAttribute('value', choice);
    option.textContent = text;
    option.toggleAttribute('selected', choice === value);
    element.append(option);
  }
  element.addEventListener('change', () => onChange(element.value));
  return element;
}

export interface TextField {
  readonly element: HTMLElement;
  value: string;
  focus(): void;
}

export function textField(
  options: { readonly label: string; readonly value: string; readonly placeholder?: string | undefined },
  onInput: () => void,
): TextField {
  const element = document.createElement('vscode-text-field') as ValueElement;
  element.setAttribute('aria-label', options.label);
  element.setAttribute('value', options.value);
  element.setAttribute('spellcheck', 'false');
  if (options.placeholder !== undefined) element.setAttribute('placeholder', options.placeholder);
  element.addEventListener('input', onInput);
  return {
    element,
    get value() {
      return element.value ?? options.value;
    },
    set value(value) {
      element.value = value;
    },
    focus: () => element.focus(),
  };
}
