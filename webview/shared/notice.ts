import type { Host } from '../../src/protocol/channel.ts';
import type { NoticeRequests } from '../../src/protocol/notice.ts';
import { button } from './controls.ts';
import { element, icon } from './dom.ts';

/** One line at the top that says what cannot be read, with the ways to try again and to learn more. */
export interface Notice {
  readonly element: HTMLElement;
  show(message: string): void;
  hide(): void;
}

export function createNotice(host: Host<NoticeRequests>): Notice {
  const text = element('span', { class: 'notice-text' });
  const line = element('div', { class: 'notice', attributes: { role: 'status', hidden: '' } }, icon('warning'), text);
  line.append(
    button('Retry', () => void host.ask('retry', undefined)),
    button('Show Log', () => void host.ask('showLog', undefined)),
  );
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
