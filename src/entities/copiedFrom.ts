/** Tags of a run that was copied from another server or experiment. */
export const COPIED_FROM = {
  run: 'mlflow_workbench.copiedFrom.runId',
  server: 'mlflow_workbench.copiedFrom.server',
} as const;
