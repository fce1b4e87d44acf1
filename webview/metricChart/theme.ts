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

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const color = (...names: string[]) => names.map((name) => style.getPropertyValue(name).trim()).find(Boolean) ?? '';
  return {
    text: color('--vscode-editorHoverWidget-foreground', '--vscode-foreground'),
    dimmed: color('--vscode-descriptionForeground', '--vscode-foreground'),
    grid: color('--vscode-editorIndentGuide-background1', '--vscode-panel-border', '--vscode-contrastBorder'),
    background: color('--vscode-editorHoverWidget-background', '--vscode-editor-background'),
    border: color('--vscode-editorHoverWidget-border', '--vscode-contrastBorder', '--vscode-panel-border'),
    selection: color('--vscode-editor-selectionBackground', '--vscode-list-hoverBackground'),
    font: color('--vscode-font-family'),
  };
}

/** VS Code changes the classes of the body with the theme. */
export function onThemeChange(listener: () => void): void {
  new MutationObserver(listener).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
}
