import type { ModelKey, ModelRow } from '../../src/protocol/runDetails.ts';
import { element, icon } from '../shared/dom.ts';
import { actionButton, linkButton } from './buttons.ts';
import type { PageContext } from './page.ts';

/** The models that the run made. @param showFiles shows a model, or a file of it, among the artifacts */
export function modelList(
  models: readonly ModelRow[],
  { host, attempt }: PageContext,
  showFiles: (model: ModelKey, file?: string) => void,
): HTMLElement {
  const rows = models.map(({ key, name, place, flavors, size, note, registered, canRegister, environment }) =>
    element(
      'li',
      { attributes: { 'data-model': place } },
      element(
        'div',
        { class: 'line' },
        icon('package'),
        element('strong', {}, name),
        flavors.length > 0 ? element('span', {}, flavors.join(', ')) : undefined,
        size ? element('span', { class: 'dim' }, size) : undefined,
        note ? element('span', { class: 'badge' }, note) : undefined,
        registered.length > 0 ? element('span', { class: 'dim' }, `registered as ${registered.join(', ')}`) : undefined,
        element('span', { class: 'spring' }),
        actionButton('Show Files', 'files', () => showFiles(key)),
        canRegister
          ? actionButton('Register…', 'add', () => void attempt(() => host.ask('registerModel', { model: key })))
          : undefined,
      ),
      environment.length > 0
        ? element(
            'div',
            { class: 'line dim' },
            'Environment: ',
            ...environment.map((file) => linkButton(file, undefined, () => showFiles(key, file))),
          )
        : undefined,
    ),
  );
  return element('ul', { class: 'entries' }, ...rows);
}
