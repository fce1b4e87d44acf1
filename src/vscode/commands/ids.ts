/** Every command of the extension. `package.json` contributes exactly these; `table.ts` says which function each one is. */
export const COMMAND_IDS = [
  'mlflow.artifact.open',
  'mlflow.entryPoint.debug',
  'mlflow.entryPoint.run',
  'mlflow.entryPoint.runWith',
  'mlflow.entryPoint.showRuns',
  'mlflow.experiments.loadMore',
  'mlflow.experiments.refresh',
  'mlflow.log.show',
  'mlflow.model.register',
  'mlflow.modelVersion.openRun',
  'mlflow.modelVersion.setAlias',
  'mlflow.run.again',
  'mlflow.run.againWith',
  'mlflow.run.compare',
  'mlflow.run.copyId',
  'mlflow.run.delete',
  'mlflow.run.open',
  'mlflow.run.rename',
  'mlflow.run.showMetricChart',
  'mlflow.server.copyUri',
  'mlflow.server.menu',
  'mlflow.server.restart',
  'mlflow.server.start',
  'mlflow.server.stop',
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];
