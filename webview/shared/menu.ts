import { element, icon } from './dom.ts';

export interface MenuItem {
  readonly label: string;
  readonly isChecked?: boolean;
  readonly isDisabled?: boolean;
  /** Begins a group. */
  readonly separated?: boolean;
  readonly run: () => void;
}

/**
 * A menu at a place of the page, as VS Code's own: arrows move, Enter chooses, Escape leaves.
 * @param below what the entries are about, below them
 */
export function openMenu(
  items: readonly MenuItem[],
  { x, y }: { readonly x: number; readonly y: number },
  label = 'Actions',
  below?: HTMLElement,
): void {
  const before = document.activeElement;
  const menu = element('div', { attributes: { role: 'menu', 'aria-label': label } });
  // A menu has nothing but entries in it.
  const surface = element('div', { class: 'menu' }, menu, below);
  const close = (isDone: boolean) => {
    surface.remove();
    document.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('blur', leave);
    if (isDone && before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  const leave = () => close(false);
  const outside = ({ target }: Event) => {
    if (!(target instanceof Node && surface.contains(target))) close(false);
  };
  const entries = items.map((item) => {
    const entry = element(
      'div',
      {
        class: `entry${item.separated ? ' separated' : ''}`,
        attributes: {
          role: item.isChecked === undefined ? 'menuitem' : 'menuitemcheckbox',
          'aria-checked': item.isChecked === undefined ? undefined : String(item.isChecked),
          'aria-disabled': item.isDisabled ? 'true' : undefined,
          tabindex: '-1',
        },
      },
      item.isChecked ? icon('check') : element('span', { class: 'codicon' }),
      item.label,
    );
    const choose = () => {
      if (item.isDisabled) return;
      close(true);
      item.run();
    };
    entry.addEventListener('click', choose);
    entry.addEventListener('pointermove', () => entry.focus());
    return { entry, choose, label: item.label.toLowerCase() };
  });
  menu.append(...entries.map(({ entry }) => entry));
  menu.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const at = entries.findIndex(({ entry }) => entry === document.activeElement);
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (step !== undefined) entries.at(step % entries.length)?.entry.focus();
    else if (event.key === 'Enter' || event.key === ' ') entries[at]?.choose();
    else if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else entries.find(({ label }) => label.startsWith(event.key.toLowerCase()))?.entry.focus();
    event.preventDefault();
  });
  document.body.append(surface);
  const { width, height } = surface.getBoundingClientRect();
  surface.style.left = `${Math.max(0, Math.min(x, window.innerWidth - width - 4))}px`;
  surface.style.top = `${Math.max(0, Math.min(y, window.innerHeight - height - 4))}px`;
  document.addEventListener('pointerdown', outside, true);
  window.addEventListener('blur', leave);
  entries[0]?.entry.focus();
}
