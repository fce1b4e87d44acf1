type Child = Node | string | undefined;

interface Properties {
  readonly class?: string;
  readonly title?: string | undefined;
  /** Attributes by their names; `undefined` leaves one out. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
}

/** Makes an element. Texts become text nodes, so that nothing of a run is ever read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: className, title, attributes = {} }: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (title !== undefined) made.title = title;
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, attributes: { 'aria-hidden': 'true' } });
}

/** A short piece of a run's curve: its colour and its dashes, as in the charts. */
export function swatch({ color, dash }: { readonly color: string; readonly dash: readonly number[] }): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'swatch');
  svg.setAttribute('viewBox', '0 0 18 8');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
  for (const [name, value] of Object.entries({
    x1: '0',
    x2: '18',
    y1: '4',
    y2: '4',
    stroke: color,
    'stroke-width': '3',
  })) {
    line.setAttribute(name, value);
  }
  if (dash.length > 0) line.setAttribute('stroke-dasharray', dash.join(' '));
  svg.append(line);
  return svg;
}

const STATUS_ICONS: Readonly<Record<string, string>> = {
  RUNNING: 'loading',
  SCHEDULED: 'clock',
  FINISHED: 'pass',
  FAILED: 'error',
  KILLED: 'circle-slash',
};

/** The state of a run as the tree shows it. */
export function statusIcon(status: string): HTMLElement {
  const made = icon(STATUS_ICONS[status] ?? 'circle');
  made.classList.add('status', status.toLowerCase());
  if (status === 'RUNNING') made.classList.add('codicon-modifier-spin');
  made.removeAttribute('aria-hidden');
  made.setAttribute('role', 'img');
  made.setAttribute('aria-label', status.toLowerCase());
  made.title = status;
  return made;
}
