import { element, icon } from '../shared/dom.ts';

/** A small button that is an icon: tables have hundreds, for which the toolkit's are too heavy. */
export function smallButton(label: string, iconName: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { class: 'small', title: label, attributes: { type: 'button' } }, icon(iconName));
  made.setAttribute('aria-label', label);
  made.addEventListener('click', onClick);
  return made;
}

/** A button that looks like a link. */
export function linkButton(text: string, title: string | undefined, onClick: () => void): HTMLButtonElement {
  const made = element('button', { class: 'link', title, attributes: { type: 'button' } }, text);
  made.addEventListener('click', onClick);
  return made;
}

/** An icon and a word, as in the title of an editor. */
export function actionButton(text: string, iconName: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { class: 'action', attributes: { type: 'button' } }, icon(iconName), text);
  made.addEventListener('click', onClick);
  return made;
}
