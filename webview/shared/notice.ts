import { button } from './controls.ts';
import { element, icon } from './dom.ts';

/** One line at the top that says what cannot be read, with the way to try again. */
export interface Notice {
  readonly element: HTMLElement;
  show(message: string): void;
  hide(): void;
}

export function createNotice(onRetry: () => void): Notice {
  const text = element('span', { class: 'notice-text' });
  const line = element('div', { class: 'notice', attributes: { role: 'status', hidden: '' } }, icon('warning'), text);
  line.append(button('Retry', onRetry));
  return {
    element: line,
    show(message) {
      text.textContent = message;
      line.hidden = false;
    },
    hide() {
      line.hidden = true;
    },
  };
}
