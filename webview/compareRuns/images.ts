import type { ComparedRun } from '../../src/protocol/compareRuns.ts';
import type { ImageStrip } from '../../src/protocol/picture.ts';
import { element, icon } from '../shared/dom.ts';
import { Pictures, type PicturesOptions } from '../shared/pictures.ts';
import { keyName } from './table.ts';

/** The rows of pictures: that of each run below the run. */
export class Images {
  readonly #pictures: Pictures;
  readonly #large = new Set<string>();

  constructor(options: PicturesOptions) {
    this.#pictures = new Pictures(options);
  }

  draw(strip: ImageStrip, runs: readonly ComparedRun[]): HTMLElement {
    const { key } = strip;
    const row = element('tr', { class: 'images', attributes: { 'data-key': key } });
    const { frames, slider } = this.#pictures.strip(strip, runs, row);
    row.classList.toggle('large', this.#large.has(key));
    row.append(
      element(
        'th',
        { class: 'key', title: key, attributes: { scope: 'row' } },
        keyName(key),
        this.#sizeButton(key, row),
        slider,
      ),
      ...frames.map((frame) => element('td', {}, frame)),
    );
    return row;
  }

  #sizeButton(key: string, row: HTMLElement): HTMLElement {
    const label = 'Larger or Smaller';
    const button = element(
      'button',
      {
        class: 'diff',
        title: label,
        attributes: { type: 'button', 'aria-label': `${key}: ${label}`, 'data-focus': `size ${key}` },
      },
      icon('screen-full'),
    );
    button.addEventListener('click', () => {
      if (!this.#large.delete(key)) this.#large.add(key);
      row.classList.toggle('large', this.#large.has(key));
    });
    return button;
  }
}
