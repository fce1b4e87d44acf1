import type { ImageStrip, Picture } from '../../src/protocol/picture.ts';
import { element } from './dom.ts';
import { WHOLE, type Zoom } from './zoom.ts';
import { listenToZoom } from './zoomInput.ts';

/** Pictures that are kept. */
const KEPT = 100;

export interface PicturesOptions {
  readonly read: (runId: string, path: string) => Promise<Picture>;
  /** The step of a strip that is looked at, where one was chosen. */
  readonly step: (key: string) => number | undefined;
  readonly chooseStep: (key: string, step: number) => void;
}

export interface PictureStrip {
  /** One a run. */
  readonly frames: readonly HTMLElement[];
  /** None where there is no more than one step. */
  readonly slider: HTMLElement | undefined;
}

interface PicturedRun {
  readonly runId: string;
  readonly name: string;
}

/** Pictures of runs side by side: looked at together, step by step. */
export class Pictures {
  readonly #options: PicturesOptions;
  readonly #known = new Map<string, Promise<Picture>>();
  readonly #zooms = new Map<string, Zoom>();
  readonly #observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) void this.#show(target as HTMLElement);
  });

  constructor(options: PicturesOptions) {
    this.#options = options;
  }

  /** @param place that all frames are put into: they are zoomed together */
  strip(strip: ImageStrip, runs: readonly PicturedRun[], place: HTMLElement): PictureStrip {
    const { key, steps } = strip;
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
    const show = (at: number) => {
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
    const at = chosen < 0 ? Math.max(0, steps.length - 1) : chosen;
    show(at);
    this.#listen(place, key, frames);
    return { frames, slider: steps.length > 1 ? this.#slider(strip, at, show) : undefined };
  }

  #listen(place: HTMLElement, key: string, frames: readonly HTMLElement[]): void {
    const apply = (zoom: Zoom) => {
      this.#zooms.set(key, zoom);
      place.style.setProperty('--zoom', `translate(${zoom.x * 100}%, ${zoom.y * 100}%) scale(${zoom.scale})`);
      place.classList.toggle('zoomed', zoom.scale > 1);
    };
    apply(this.#zooms.get(key) ?? WHOLE);
    for (const frame of frames) listenToZoom(frame, { get: () => this.#zooms.get(key) ?? WHOLE, set: apply });
  }

  #slider({ key, steps }: ImageStrip, at: number, show: (at: number) => void): HTMLElement {
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
      show(Number(slider.value));
    });
    return element('span', { class: 'slider' }, slider, label);
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

  #read(runId: string, path: string): Promise<Picture> {
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
