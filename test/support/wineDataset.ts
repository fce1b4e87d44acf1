import type { DatasetInput } from '../../src/entities/dataset.ts';

/** A dataset that a training has used. */
export const WINE_DATASET: DatasetInput = {
  dataset: { name: 'wine', digest: '1', sourceType: 'local', source: '{}', schema: undefined, profile: undefined },
  tags: new Map([['mlflow.data.context', 'training']]),
};
