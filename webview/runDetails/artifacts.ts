import type { ArtifactAction, ArtifactEntry, ArtifactPlace, ModelRow } from '../../src/protocol/runDetails.ts';
import { element } from '../shared/dom.ts';
import { ArtifactTree, placeKey, placeOf, type TreeItem } from './artifactTree.ts';
import type { PageContext } from './page.ts';
import { previewActions, previewContent } from './preview.ts';

/** ms between two looks at the open folders of a run that goes on. */
const LOOK = 3_000;

/** The files of the run and of its models: a tree that is read level by level, and a preview. */
export class Artifacts {
  readonly element: HTMLElement;
  readonly #context: PageContext;
  readonly #listings = new Map<string, readonly ArtifactEntry[]>();
  readonly #open: Set<string>;
  readonly #tree: ArtifactTree;
  readonly #empty = element('p', { class: 'note' }, '…');
  readonly #preview = element('div', { class: 'preview' });
  #models: readonly ModelRow[] = [];
  #selected: string | undefined;
  #isLocal = false;
  /** What is shown, and how large it was. */
  #shown = '';

  constructor(context: PageContext) {
    this.#context = context;
    this.#open = new Set(context.state.openFolders);
    this.#selected = context.state.selected;
    this.#tree = new ArtifactTree({
      toggle: (item) => void this.#toggle(item),
      select: (item) => void this.#select(item.place),
      open: (item) => void this.#act('open', item.place),
    });
    this.element = element(
      'div',
      { class: 'artifacts' },
      element('div', { class: 'tree-area' }, this.#tree.element, this.#empty),
      this.#preview,
    );
  }

  /** @param artifactUri of the run */
  async show(artifactUri: string): Promise<void> {
    this.#isLocal = /^(?:file:|[/\\]|[a-z]:[/\\])/i.test(artifactUri);
    await this.refresh();
    const selected = this.#selected === undefined ? undefined : placeOf(this.#selected);
    if (selected) await this.#select(selected);
    else this.#preview.replaceChildren(element('p', { class: 'note' }, 'Select a file to see it here.'));
  }

  async showModels(models: readonly ModelRow[]): Promise<void> {
    this.#models = models;
    await this.refresh();
  }

  /** Looks again at the open folders from time to time. @param isDue whether anything can have come */
  watch(isDue: () => boolean): void {
    setInterval(() => {
      if (isDue() && document.visibilityState === 'visible') void this.refresh();
    }, LOOK);
  }

  async refresh(): Promise<void> {
    const places = ['[""]', ...this.#open].flatMap((key) => placeOf(key) ?? []);
    await Promise.all(places.map((place) => this.#list(place)));
    this.#draw();
    await this.#followSelected();
  }

  /** Opens the folders above a place, and shows it. */
  async reveal(place: ArtifactPlace): Promise<void> {
    const segments = place.path.split('/').filter(Boolean);
    const { modelId } = place;
    const folders = segments.map((_, at) => segments.slice(0, at).join('/'));
    for (const path of [...folders, ...(folders.length === 0 ? [''] : [])]) {
      this.#open.add(placeKey(modelId === undefined ? { path } : { path, modelId }));
    }
    this.#context.keep({ openFolders: [...this.#open] });
    await this.refresh();
    await this.#select(place);
    this.element.scrollIntoView({ block: 'start' });
  }

  async #list(place: ArtifactPlace): Promise<void> {
    try {
      this.#listings.set(placeKey(place), await this.#context.host.ask('listArtifacts', { place }));
    } catch (error) {
      // What is there stays; the page says above what is wrong with the server.
      if (place.path === '' && !this.#listings.has(placeKey(place)))
        this.#empty.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  #draw(): void {
    const items = [...this.#modelItems(), ...this.#itemsIn({ path: '' }, 1)];
    this.#tree.draw(items, this.#selected);
    this.#tree.element.hidden = items.length === 0;
    const isListed = this.#listings.has('[""]');
    this.#empty.hidden = items.length > 0;
    if (isListed) this.#empty.textContent = 'This run has no artifacts.';
  }

  /** Logged models keep their files beside the run's: each is a folder of its own. */
  #modelItems(): TreeItem[] {
    return this.#models.flatMap(({ key: { modelId }, name, size }) => {
      if (modelId === undefined) return [];
      const place = { modelId, path: '' };
      const isOpen = this.#open.has(placeKey(place));
      const entry = { path: '', name, isFolder: true, size, bytes: undefined, place, level: 1, isOpen };
      return [entry, ...(isOpen ? this.#itemsIn(place, 2) : [])];
    });
  }

  #itemsIn(folder: ArtifactPlace, level: number): TreeItem[] {
    return (this.#listings.get(placeKey(folder)) ?? []).flatMap((entry) => {
      const place = { ...folder, path: entry.path };
      const isOpen = entry.isFolder && this.#open.has(placeKey(place));
      return [{ ...entry, place, level, isOpen }, ...(isOpen ? this.#itemsIn(place, level + 1) : [])];
    });
  }

  async #toggle({ place, isOpen }: TreeItem): Promise<void> {
    const key = placeKey(place);
    if (isOpen) this.#open.delete(key);
    else {
      this.#open.add(key);
      await this.#list(place);
    }
    this.#context.keep({ openFolders: [...this.#open] });
    this.#draw();
  }

  async #select(place: ArtifactPlace): Promise<void> {
    const key = placeKey(place);
    this.#selected = key;
    this.#context.keep({ selected: key });
    this.#draw();
    const isFolder = this.#isFolder(place);
    const model = this.#models.find(({ key }) => key.modelId === place.modelId);
    const name = place.path.split('/').at(-1) || (model?.name ?? 'model');
    const actions = previewActions(
      { isFolder, path: place.path },
      this.#isLocal,
      (action) => void this.#act(action, place),
    );
    const title = element('h3', { title: place.path }, name);
    const show = (content: HTMLElement | undefined) => this.#preview.replaceChildren(title, actions, content ?? '');
    if (isFolder) return show(undefined);
    const isOther = !this.#shown.startsWith(key);
    if (isOther) show(element('p', { class: 'note' }, 'Reading…'));
    this.#shown = this.#look(place);
    try {
      const preview = await this.#context.host.ask('preview', { place });
      if (this.#selected === key) keepingPlace(this.#preview, () => show(previewContent(preview, name)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (this.#selected === key) show(element('p', { class: 'note' }, message));
    }
  }

  /** A file that has grown, or has gone, is read again. */
  async #followSelected(): Promise<void> {
    const place = this.#selected === undefined ? undefined : placeOf(this.#selected);
    if (place && this.#shown.startsWith(placeKey(place)) && this.#shown !== this.#look(place))
      await this.#select(place);
  }

  #look(place: ArtifactPlace): string {
    return `${placeKey(place)} ${this.#entry(place)?.bytes}`;
  }

  #isFolder(place: ArtifactPlace): boolean {
    return place.path === '' || this.#entry(place)?.isFolder === true;
  }

  #entry({ modelId, path }: ArtifactPlace): ArtifactEntry | undefined {
    const parent = path.split('/').slice(0, -1).join('/');
    const folder = modelId === undefined ? { path: parent } : { path: parent, modelId };
    return this.#listings.get(placeKey(folder))?.find((it) => it.path === path);
  }

  async #act(action: ArtifactAction, place: ArtifactPlace): Promise<void> {
    const { host, attempt } = this.#context;
    await attempt(() => host.ask('actOnArtifact', { action, place }));
  }
}

/** Draws anew what may have the focus, and may be scrolled. */
function keepingPlace(area: HTMLElement, draw: () => void): void {
  const focused = area.contains(document.activeElement) ? document.activeElement : undefined;
  const at = area.querySelector('.scroller')?.scrollTop ?? 0;
  draw();
  const scroller = area.querySelector<HTMLElement>('.scroller');
  if (scroller) scroller.scrollTop = at;
  if (!focused) return;
  const same = [...area.querySelectorAll('button')].find(({ textContent }) => textContent === focused.textContent);
  (same ?? scroller)?.focus();
}
