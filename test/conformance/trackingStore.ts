import { describe } from 'vitest';
import type { TrackingStore } from '../../src/tracking/store.ts';
import { describeExperiments } from './experiments.ts';
import { describeLoggedModels } from './loggedModels.ts';
import { describeNothingHalfDone } from './nothingHalfDone.ts';
import type { Open } from './openStore.ts';
import { describeRunLogging } from './runLogging.ts';
import { describeRuns } from './runs.ts';
import { describeTraces } from './traces.ts';
import { describeUpkeep } from './upkeep.ts';

/** What every `TrackingStore` does. `open` makes a new one, with nothing in it but the default experiment. */
export function describeTrackingStore(name: string, open: Open<TrackingStore>): void {
  describe(name, () => {
    describeExperiments(open);
    describeRuns(open);
    describeRunLogging(open);
    describeLoggedModels(open);
    describeTraces(open);
    describeUpkeep(open);
    describeNothingHalfDone(open);
  });
}
