/** Python that reads runs and loads models. @param models their URIs */
export function dropSnippet(runIds: readonly string[], models: readonly string[]): string {
  return [
    ...runIds.map((runId) => `mlflow.get_run(${JSON.stringify(runId)})`),
    ...models.map((uri) => `mlflow.pyfunc.load_model(${JSON.stringify(uri)})`),
  ].join('\n');
}
