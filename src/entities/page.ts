/** One page of a search, in the order of the search. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; absent on the last page. */
  readonly nextPageToken?: string | undefined;
}

/** What every search takes. `filter` and `orderBy` are MLflow's search language (mlflow.org, "Search Runs"). */
export interface SearchOptions {
  readonly filter?: string | undefined;
  readonly orderBy?: readonly string[] | undefined;
  /** Largest number of items in the page; the store's own default when absent. */
  readonly maxResults?: number | undefined;
  readonly pageToken?: string | undefined;
}
