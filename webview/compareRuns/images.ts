import type { ComparedImage, ComparedRun, ImageStrip } from '../../src/protocol/compareRuns.ts';
import { element, icon } from '../shared/dom.ts';
import { keyName } from './table.ts';
import { WHOLE, type Zoom } from './zoom.ts';
import { listenToZoom } from './zoomInput.ts';

/** Pictures that are kept. */
const KEPT = 100;

export interface ImagesOptions {
  readonly read: (runId: string, path: string) => Promise<ComparedImage>;
  /** The step of a strip that is looked at, where one was chosen. */
  readonly step: (key: string) => number | undefined;
  readonly chooseStep: (key: string, step: number) => void;
}

/** Pictures of the runs side by side: looked at together, step by step. */
export class Images {
  readonly #options: ImagesOptions;
  readonly #known = new Map<string, Promise<ComparedImage>>();
  readonly #zooms = new Map<string, Zoom>();
  readonly #large = new Set<string>();
  readonly #observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) void this.#show(target as HTMLElement);
  });

  constructor(options: ImagesOptions) {
    this.#options = options;
  }

  /** A row of the comparison: the picture of each run, below the run. */
  draw(strip: ImageStrip, runs: readonly ComparedRun[]): HTMLElement {
    const { key, steps } = strip;
    const row = element('tr', { class: 'images', attributes: { 'data-key': key } });
    const frames = runs.map((run) => {
      return element(
        'div',
        {
          class: 'frame',
          attributes: { tabindex: '0', role: 'img', 'data-run': run.runId, 'data-focus': `image ${run.runId} ${key}` },
        },
        element('span', { class: 'picture' }),
        element('span', { class: 'other-step' }),
      );
    });
    const place = (at: number) => {
      for (const [nth, frame] of frames.entries()) {
        const found = latest(strip.paths[nth] ?? [], at);
        frame.dataset.path = found?.path ?? '';
        const step = found && steps.length > 0 ? ` at step ${steps[found.at]}` : '';
        frame.setAttribute('aria-label', found ? `${key}${step} of ${runs[nth]?.name}` : `no ${key}`);
        const isOther = found !== undefined && found.at !== at;
        frame.lastElementChild?.replaceChildren(isOther ? `step ${steps[found.at]}` : '');
        this.#observer.unobserve(frame);
        this.#observer.observe(frame);
      }
    };
    const chosen = steps.indexOf(this.#options.step(key) ?? Number.NaN);
    place(chosen < 0 ? Math.max(0, steps.length - 1) : chosen);
    this.#listen(row, key, frames);
    row.classList.toggle('large', this.#large.has(key));
    row.append(
      element(
        'th',
        { class: 'key', title: key, attributes: { scope: 'row' } },
        keyName(key),
        this.#sizeButton(key, row),
        steps.length > 1 ? this.#slider(strip, chosen < 0 ? steps.length - 1 : chosen, place) : undefined,
      ),
      ...frames.map((frame) => element('td', {}, frame)),
    );
    return row;
  }

  #listen(row: HTMLElement, key: string, frames: readonly HTMLElement[]): void {
    const apply = (zoom: Zoom) => {
      this.#zooms.set(key, zoom);
      row.style.setProperty('--zoom', `translate(${zoom.x * 100}%, ${zoom.y * 100}%) scale(${zoom.scale})`);
      row.classList.toggle('zoomed', zoom.scale > 1);
    };
    apply(this.#zooms.get(key) ?? WHOLE);
    for (const frame of frames) listenToZoom(frame, { get: () => this.#zooms.get(key) ?? WHOLE, set: apply });
  }

  #slider({ key, steps }: ImageStrip, at: number, place: (at: number) => void): HTMLElement {
    const label = element('span', { class: 'step' });
    const slider = element('input', {
      attributes: {
        type: 'range',
        min: '0',
        max: String(steps.length - 1),
        value: String(at),
        'aria-label': `Step of ${key}`,
        'data-focus': `step ${key}`,
      },
    });
    const tell = () => {
      const step = steps[Number(slider.value)] ?? 0;
      label.textContent = `step ${step}`;
      slider.setAttribute('aria-valuetext', `step ${step}`);
      return step;
    };
    tell();
    slider.addEventListener('input', () => {
      this.#options.chooseStep(key, tell());
      place(Number(slider.value));
    });
    return element('span', { class: 'slider' }, slider, label);
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

  /** Shows what a frame is about, if it is about anything else than what it shows. */
  async #show(frame: HTMLElement): Promise<void> {
    const { run = '', path = '' } = frame.dataset;
    const look = `${run} ${path}`;
    if (frame.dataset.shown === look) return;
    const image = path === '' ? { note: 'not logged' } : await this.#read(run, path);
    if (`${frame.dataset.run} ${frame.dataset.path}` !== look) return; // another step was chosen meanwhile
    frame.dataset.shown = look;
    if ('note' in image) {
      frame.firstElementChild?.replaceChildren(element('span', { class: 'note' }, image.note));
      return;
    }
    const picture = element('img', { attributes: { alt: '', draggable: 'false' } });
    picture.src = image.uri;
    const damaged = element('span', { class: 'note' }, 'This picture is damaged.');
    picture.addEventListener('error', () => picture.replaceWith(damaged));
    frame.firstElementChild?.replaceChildren(picture);
  }

  #read(runId: string, path: string): Promise<ComparedImage> {
    const place = `${runId} ${path}`;
    const known = this.#known.get(place);
    if (known) return known;
    const reading = this.#options.read(runId, path).catch((error: Error) => {
      this.#known.delete(place);
      return { note: error.message };
    });
    this.#known.set(place, reading);
    for (const oldest of [...this.#known.keys()].slice(0, Math.max(0, this.#known.size - KEPT)))
      this.#known.delete(oldest);
    return reading;
  }
}

/** The picture at a step, or the last one before it. */
function latest(
  paths: readonly (string | null)[],
  at: number,
): { readonly path: string; readonly at: number } | undefined {
  for (let before = at; before >= 0; before--) {
    const path = paths[before];
    if (path != null) return { path, at: before };
  }
  return undefined;
}
