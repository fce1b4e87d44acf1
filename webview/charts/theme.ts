/** The colours that a canvas needs, read from VS Code's theme. */
export interface Theme {
  readonly text: string;
  readonly dimmed: string;
  readonly grid: string;
  readonly background: string;
  readonly border: string;
  readonly selection: string;
  readonly font: string;
}

/** Pictures that leave the editor are for papers and slides: dark on white, whatever the theme. */
export const PRINT: Theme = {
  text: '#1f1f1f',
  dimmed: '#3b3b3b',
  grid: '#e0e0e0',
  background: '#ffffff',
  border: '#8a8a8a',
  selection: 'transparent',
  font: 'Helvetica, Arial, sans-serif',
};

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const color = (...names: string[]) => names.map((name) => style.getPropertyValue(name).trim()).find(Boolean) ?? '';
  return {
    text: color('--vscode-foreground'),
    dimmed: color('--vscode-descriptionForeground', '--vscode-foreground'),
    grid: faint(),
    background: color('--vscode-editor-background'),
    border: color('--vscode-contrastBorder', '--vscode-panel-border', '--vscode-foreground'),
    selection: color('--vscode-editor-selectionBackground', '--vscode-list-hoverBackground'),
    font: color('--vscode-font-family'),
  };
}

/** The text's colour, nearly gone: themes have no colour for the lines of a chart, and their borders differ too much. */
function faint(): string {
  const probe = document.createElement('span');
  probe.style.color = 'color-mix(in srgb, var(--vscode-foreground) 16%, transparent)';
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** VS Code changes the classes of the body with the theme. */
export function onThemeChange(listener: () => void): void {
  new MutationObserver(listener).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
}
