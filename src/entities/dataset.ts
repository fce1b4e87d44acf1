/** A dataset as MLflow logs it: what identifies it, not its data. */
export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  /** JSON text. */
  readonly source: string;
  /** JSON text. */
  readonly schema: string | undefined;
  /** JSON text. */
  readonly profile: string | undefined;
}

/** A dataset that a run used; the tag `mlflow.data.context` tells what for. */
export interface DatasetInput {
  readonly dataset: Dataset;
  readonly tags: ReadonlyMap<string, string>;
}
