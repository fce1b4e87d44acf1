import '../shared/style.css';
import './style.css';
import type {
  MetricPage,
  ModelKey,
  RunDetails,
  RunDetailsEvent,
  RunDetailsRequests,
  RunDetailsState,
} from '../../src/protocol/runDetails.ts';
import { element } from '../shared/dom.ts';
import { connectHost, savedState, saveState } from '../shared/host.ts';
import { createNotice } from '../shared/notice.ts';
import { Artifacts } from './artifacts.ts';
import { smallButton } from './buttons.ts';
import { datasetList } from './datasets.ts';
import { Description } from './description.ts';
import { familyList } from './family.ts';
import { Header } from './header.ts';
import { KeyValues } from './keyValues.ts';
import { Metrics } from './metrics.ts';
import { modelList } from './models.ts';
import { originList } from './origin.ts';
import type { PageContext } from './page.ts';
import { Section } from './section.ts';
import { Tags } from './tags.ts';

let state: RunDetailsState = {
  source: undefined,
  scroll: 0,
  toggled: [],
  metricFilter: '',
  metricPage: 0,
  openFolders: [],
  selected: undefined,
  ...savedState<RunDetailsState>(),
};
let details: Partial<RunDetails> = {};

const host = connectHost<RunDetailsRequests, RunDetailsEvent>((event) => {
  if (event.kind === 'failed') {
    notice.show(event.message);
    waiting.remove();
    return;
  }
  if (event.kind === 'editNote') {
    description.edit();
    return;
  }
  notice.hide();
  update(event.parts);
});
const notice = createNotice(host);
const refusalText = element('span', { class: 'notice-text' });
const refusal = element('div', { class: 'notice refusal', attributes: { role: 'alert', hidden: '' } }, refusalText);
refusal.append(
  smallButton('Close', 'close', () => {
    refusal.hidden = true;
  }),
);

const context: PageContext = {
  host,
  get state() {
    return state;
  },
  keep(part) {
    state = { ...state, ...part };
    saveState(state);
  },
  async attempt(work) {
    refusal.hidden = true;
    try {
      await work();
      return true;
    } catch (error) {
      refusalText.textContent = error instanceof Error ? error.message : String(error);
      refusal.hidden = false;
      return false;
    }
  },
};

const header = new Header(context);
const description = new Description(context);
const onCopy = (text: string) => void context.attempt(() => host.ask('copyText', { text }));
const params = new KeyValues({ caption: 'Parameters', empty: 'No parameters.', onCopy });
const tags = new Tags(context);
const color = () => details.header?.color ?? 'currentColor';
const metrics = new Metrics(context, { system: false, color, onPage: countMetrics });
const systemMetrics = new Metrics(context, { system: true, color, onPage: () => undefined });
const artifacts = new Artifacts(context);

/** @param isOpen at first; what was opened or closed by hand stays so */
function section(title: string, content: readonly HTMLElement[], isOpen = true, tools: readonly HTMLElement[] = []) {
  const made = new Section(title, {
    isOpen: isOpen !== state.toggled.includes(title),
    tools,
    onToggle(open) {
      const others = state.toggled.filter((other) => other !== title);
      context.keep({ toggled: open === isOpen ? others : [...others, title] });
      if (open && title === SYSTEM) void systemMetrics.refresh();
    },
  });
  made.body.append(...content);
  return made;
}

const SYSTEM = 'System metrics';
/** ms after which a page that has come back has all its parts. */
const SETTLED = 5_000;
const sections = {
  params: section('Parameters', [params.element], true, [params.filter]),
  tags: section('Tags', [tags.element], true, [tags.own.filter]),
  metrics: section('Metrics', [metrics.element], true, [metrics.filter]),
  system: section(SYSTEM, [systemMetrics.element], false, [systemMetrics.filter]),
  models: section('Models', []),
  datasets: section('Datasets', []),
  family: section('Related runs', []),
  artifacts: section('Artifacts', [artifacts.element]),
  origin: section('How it was made', []),
};
for (const optional of [sections.system, sections.models, sections.datasets, sections.family]) optional.hidden = true;
const pair = element('div', { class: 'columns' }, sections.params.element, sections.tags.element);
const { metrics: metricsPart, system, models, datasets, family, artifacts: files, origin } = sections;
const parts = [metricsPart, system, models, files, datasets, family, origin];
const content = element('div', { class: 'content' }, header.element, description.element, pair);
content.append(...parts.map((part) => part.element));
const page = element('div', { class: 'page', attributes: { hidden: '' } }, content);
const waiting = element('p', { class: 'empty' }, 'Reading the run…');
document.getElementById('root')?.replaceChildren(notice.element, refusal, waiting, page);

function update(changed: Partial<RunDetails>): void {
  const isFirst = details.header === undefined;
  const before = details;
  details = { ...details, ...changed };
  if (changed.header) header.update(changed.header);
  if (changed.times) header.updateTimes(changed.times);
  if (changed.note !== undefined) description.update(changed.note);
  if (changed.params) params.update(changed.params);
  if (changed.tags) tags.update(changed.tags);
  if (changed.systemTags) tags.updateSystem(changed.systemTags);
  sections.params.count = String(details.params?.length ?? 0);
  sections.tags.count = String(details.tags?.length ?? 0);
  if (changed.metrics) refreshMetrics();
  updateLists(changed);
  if (changed.header && before.header?.artifactUri !== changed.header.artifactUri) {
    void artifacts.show(changed.header.artifactUri);
  }
  // The last files come with the end of the run.
  if (before.header?.isActive && !details.header?.isActive) void artifacts.refresh();
  if (isFirst && details.header) appear();
}

function updateLists(changed: Partial<RunDetails>): void {
  if (changed.datasets) fill(sections.datasets, changed.datasets.length, datasetList(changed.datasets, context));
  if (changed.models) {
    const list = modelList(changed.models, context, showFiles);
    fill(sections.models, changed.models.length, list);
    void artifacts.showModels(changed.models);
  }
  if (changed.family) {
    const { parent, children } = changed.family;
    fill(sections.family, children.length + (parent ? 1 : 0), familyList(changed.family, context));
  }
  if (details.origin && (changed.origin || changed.header)) {
    const isProjectRun = details.header?.isProjectRun === true;
    fill(sections.origin, undefined, originList(details.origin, isProjectRun, context));
  }
}

/** Keeps the focus on the control of the same name. @param count hides the section where it is 0 */
function fill(target: Section, count: number | undefined, list: HTMLElement): void {
  const focused = target.body.contains(document.activeElement) ? document.activeElement : undefined;
  const name = focused?.getAttribute('aria-label') ?? focused?.textContent;
  target.body.replaceChildren(list);
  if (count !== undefined) {
    target.hidden = count === 0;
    target.count = String(count);
  }
  if (!focused) return;
  const same = [...list.querySelectorAll('button')].find(
    (button) => (button.getAttribute('aria-label') ?? button.textContent) === name,
  );
  same?.focus();
}

function refreshMetrics(): void {
  void metrics.refresh();
  if (sections.system.isOpen && !sections.system.hidden) void systemMetrics.refresh();
}

function countMetrics({ system: count }: MetricPage): void {
  sections.metrics.count = ((details.metrics?.count ?? 0) - count).toLocaleString('en-US');
  const isNew = sections.system.hidden && count > 0;
  sections.system.hidden = count === 0;
  sections.system.count = count.toLocaleString('en-US');
  if (isNew && sections.system.isOpen) void systemMetrics.refresh();
}

function showFiles({ modelId, path = '' }: ModelKey, file?: string): void {
  const below = [path, file].filter(Boolean).join('/');
  void artifacts.reveal(modelId === undefined ? { path: below } : { path: below, modelId });
}

/** Nothing is shown half; a page that comes back stands where it stood, once its parts have their heights. */
function appear(): void {
  waiting.remove();
  page.hidden = false;
  const { scroll } = state;
  const isTall = () => page.scrollHeight - page.clientHeight >= scroll;
  const restore = () => {
    if (isTall()) page.scrollTop = scroll;
  };
  restore();
  const watch = new ResizeObserver(restore);
  watch.observe(content);
  const own = new AbortController();
  const stop = () => {
    if (own.signal.aborted) return;
    own.abort();
    watch.disconnect();
    page.addEventListener('scroll', () => context.keep({ scroll: page.scrollTop }), { passive: true });
  };
  for (const event of ['wheel', 'keydown', 'pointerdown']) page.addEventListener(event, stop, { signal: own.signal });
  setTimeout(stop, SETTLED);
}

artifacts.watch(() => details.header?.isActive === true);
void host.ask('ready', undefined).then((source) => context.keep({ source }));
