import { element } from '../shared/dom.ts';
import { linkButton } from './buttons.ts';

/** What is shown of a long value before somebody asks (characters, lines). */
const SHORT = { length: 160, lines: 4 };

/** A value; the rest of a long one is shown when it is asked for. */
export function longText(text: string): HTMLElement {
  const short = shorten(text);
  const made = element('span', { class: 'text' }, text === '' ? element('em', {}, 'empty') : short);
  if (short === text) return made;
  const toggle = linkButton('Show all', `${text.length.toLocaleString('en-US')} characters`, () => {
    const isShort = made.textContent !== text;
    made.textContent = isShort ? text : short;
    toggle.textContent = isShort ? 'Show less' : 'Show all';
    toggle.setAttribute('aria-expanded', String(isShort));
  });
  toggle.setAttribute('aria-expanded', 'false');
  return element('span', {}, made, ' ', toggle);
}

function shorten(text: string): string {
  const lines = text.split('\n', SHORT.lines + 1);
  const few = lines.length > SHORT.lines ? `${lines.slice(0, SHORT.lines).join('\n')}…` : text;
  return few.length > SHORT.length ? `${few.slice(0, SHORT.length)}…` : few;
}
