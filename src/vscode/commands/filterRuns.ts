import { type Disposable, type QuickPickItem, window } from 'vscode';
import { completeFilter } from '../../views/runsTable/complete.ts';
import { RunColumns } from '../../views/runsTable/runColumns.ts';
import { listingSearch, type RunListing } from '../../views/tree/runListing.ts';
import type { CommandContext } from './command.ts';

/** An item that goes on with the filter, or, without a text of its own, the one that applies it. */
interface FilterItem extends QuickPickItem {
  readonly filter?: string;
}

/** Asks for a filter in MLflow's search language, and offers how it can go on; the view shows the runs that it is true of. */
export async function filterRuns(context: CommandContext): Promise<void> {
  const { experiments } = context;
  const columns = new RunColumns();
  columns.append(experiments.knownRuns().map(({ run }) => run));
  const filter = await ask(
    experiments.listing.filter,
    (text) => goingOn(columns, text),
    (text) => problemOf(context, { ...experiments.listing, filter: text }),
  );
  if (filter !== undefined) experiments.list({ ...experiments.listing, filter });
}

function goingOn(columns: RunColumns, text: string): readonly FilterItem[] {
  const { from, items } = completeFilter(columns, text);
  return items.map((item) => ({
    label: item.text.trim(),
    description: item.detail,
    filter: `${text.slice(0, from)}${item.text}`,
    alwaysShow: true,
  }));
}

function ask(
  value: string,
  complete: (text: string) => readonly FilterItem[],
  validate: (text: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const picker = window.createQuickPick<FilterItem>();
  picker.title = 'Filter Runs';
  picker.placeholder = "metrics.rmse < 0.8 and params.alpha = '0.5'";
  picker.value = value;
  const show = (problem?: string) => {
    const text = picker.value;
    const apply = text.trim() === '' ? 'Show all runs' : `Show runs where ${text.trim()}`;
    const first: FilterItem = {
      label: `$(filter) ${apply}`,
      alwaysShow: true,
      ...(problem !== undefined && { detail: `$(error) ${problem}` }),
    };
    const more = complete(text);
    picker.items = [first, ...more];
    // Enter goes on with what is half typed, and applies what is whole.
    const isWhole = text.trim() === '' || problem !== undefined || more.length === 0 || /\s$/.test(text);
    picker.activeItems = [isWhole || !more[0] ? first : more[0]];
  };
  show();
  return new Promise((resolve) => {
    const subscriptions: Disposable[] = [
      picker.onDidChangeValue(() => show()),
      picker.onDidAccept(async () => {
        const [item] = picker.activeItems;
        if (item?.filter !== undefined) {
          picker.value = item.filter;
          show();
          return;
        }
        picker.busy = true;
        const text = picker.value.trim();
        const problem = text === '' ? undefined : await validate(text);
        picker.busy = false;
        if (problem !== undefined) return show(problem);
        resolve(text);
        picker.hide();
      }),
      picker.onDidHide(() => {
        resolve(undefined);
        for (const subscription of subscriptions) subscription.dispose();
        picker.dispose();
      }),
    ];
    picker.show();
  });
}

/** What the server says of a filter that it cannot read. */
async function problemOf({ connections }: CommandContext, listing: RunListing): Promise<string | undefined> {
  try {
    const [connection] = connections.all();
    const experiments = await connection?.tracking.searchExperiments({ maxResults: 1 });
    const experimentIds = experiments?.items.map(({ experimentId }) => experimentId) ?? [];
    await connection?.searchKnownRuns({ ...listingSearch(listing), experimentIds, maxResults: 1 });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
