import { invalidParameter } from '../entities/error.ts';
import type { JsonObject } from '../entities/jsonText.ts';
import { allRuns } from './allRuns.ts';
import { list } from './json.ts';
import type { MessageHandler } from './route.ts';

const MAX_EXPERIMENTS = 20;
const MAX_SUMMARIES = 1_000;
const CONTEXT_TAG = 'mlflow.data.context';

/** The datasets that the runs of some experiments have used, each once for each context. */
export const searchDatasets: MessageHandler = async ({ tracking }, message) => {
  const experimentIds = message.texts('experiment_ids');
  if (experimentIds.length === 0) {
    throw invalidParameter('SearchDatasets request must specify at least one experiment_id.');
  }
  if (experimentIds.length > MAX_EXPERIMENTS) {
    throw invalidParameter(
      `SearchDatasets request cannot specify more than ${MAX_EXPERIMENTS} experiment_ids. Received ${experimentIds.length} experiment_ids.`,
    );
  }
  for (const experimentId of experimentIds) await tracking.getExperiment(experimentId);
  const summaries = new Map<string, JsonObject>();
  for await (const { info, datasetInputs } of allRuns(tracking, experimentIds)) {
    for (const { dataset, tags } of datasetInputs) {
      const { name, digest } = dataset;
      const summary = { experiment_id: info.experimentId, name, digest, context: tags.get(CONTEXT_TAG) };
      summaries.set(JSON.stringify(summary), summary);
      if (summaries.size >= MAX_SUMMARIES) break;
    }
    if (summaries.size >= MAX_SUMMARIES) break;
  }
  return list('dataset_summaries', [...summaries.values()]);
};
