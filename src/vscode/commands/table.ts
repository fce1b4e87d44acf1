import { addToCharts } from './addToCharts.ts';
import type { Command } from './command.ts';
import { compareRuns } from './compareRuns.ts';
import { compareRunsWith } from './compareRunsWith.ts';
import { copyRunId } from './copyRunId.ts';
import { copyRunMarkdown } from './copyRunMarkdown.ts';
import { copyRunsTo } from './copyRunsTo.ts';
import { copyTrackingUri } from './copyTrackingUri.ts';
import { createBackendConfig } from './createBackendConfig.ts';
import { debugEntryPoint } from './debugEntryPoint.ts';
import { deleteExperiment } from './deleteExperiment.ts';
import { deleteRun } from './deleteRun.ts';
import { editRunNote } from './editRunNote.ts';
import { emptyDeleted } from './emptyDeleted.ts';
import { filterRuns } from './filterRuns.ts';
import { groupRuns } from './groupRuns.ts';
import type { CommandId } from './ids.ts';
import { loadMoreRuns } from './loadMoreRuns.ts';
import { openArtifact } from './openArtifact.ts';
import { openCharts } from './openCharts.ts';
import { openRun } from './openRun.ts';
import { openRunsTable } from './openRunsTable.ts';
import { openSourceRun } from './openSourceRun.ts';
import { purgeDeleted } from './purgeDeleted.ts';
import { refreshViews } from './refreshViews.ts';
import { registerModel } from './registerModel.ts';
import { removeEnvironments } from './removeEnvironments.ts';
import { renameExperiment } from './renameExperiment.ts';
import { renameRun } from './renameRun.ts';
import { restartServer } from './restartServer.ts';
import { restoreExperiment } from './restoreExperiment.ts';
import { restoreRun } from './restoreRun.ts';
import { runAgain } from './runAgain.ts';
import { runAgainWith } from './runAgainWith.ts';
import { runEntryPoint } from './runEntryPoint.ts';
import { runEntryPointWith } from './runEntryPointWith.ts';
import { setAlias } from './setAlias.ts';
import { setRunColor } from './setRunColor.ts';
import { setRunTag } from './setRunTag.ts';
import { showAllRuns } from './showAllRuns.ts';
import { showDeletedRuns } from './showDeletedRuns.ts';
import { showDiskUsage } from './showDiskUsage.ts';
import { showEntryPointRuns } from './showEntryPointRuns.ts';
import { showLog } from './showLog.ts';
import { showMetricChart } from './showMetricChart.ts';
import { showMyRuns } from './showMyRuns.ts';
import { showRunDetails } from './showRunDetails.ts';
import { showServerMenu } from './showServerMenu.ts';
import { sortRuns } from './sortRuns.ts';
import { startServer } from './startServer.ts';
import { stopServer } from './stopServer.ts';
export const COMMANDS: Record<CommandId, Command> = {
  'mlflow.artifact.open': openArtifact,
  'mlflow.backendConfig.create': createBackendConfig,
  'mlflow.charts.open': openCharts,
  'mlflow.deleted.empty': emptyDeleted,
  'mlflow.deleted.purge': purgeDeleted,
  'mlflow.entryPoint.debug': debugEntryPoint,
  'mlflow.entryPoint.run': runEntryPoint,
  'mlflow.entryPoint.runWith': runEntryPointWith,
  'mlflow.entryPoint.showRuns': showEntryPointRuns,
  'mlflow.environments.remove': removeEnvironments,
  'mlflow.experiment.delete': deleteExperiment,
  'mlflow.experiment.rename': renameExperiment,
  'mlflow.experiment.restore': restoreExperiment,
  'mlflow.experiment.showDiskUsage': showDiskUsage,
  'mlflow.experiments.filter': filterRuns,
  'mlflow.experiments.group': groupRuns,
  'mlflow.experiments.loadMore': loadMoreRuns,
  'mlflow.experiments.refresh': refreshViews,
  'mlflow.experiments.showAll': showAllRuns,
  'mlflow.experiments.showDeleted': showDeletedRuns,
  'mlflow.experiments.showMine': showMyRuns,
  'mlflow.experiments.sort': sortRuns,
  'mlflow.log.show': showLog,
  'mlflow.model.register': registerModel,
  'mlflow.modelVersion.openRun': openSourceRun,
  'mlflow.modelVersion.setAlias': setAlias,
  'mlflow.run.addToCharts': addToCharts,
  'mlflow.run.again': runAgain,
  'mlflow.run.againWith': runAgainWith,
  'mlflow.run.compare': compareRuns,
  'mlflow.run.compareWith': compareRunsWith,
  'mlflow.run.copyId': copyRunId,
  'mlflow.run.copyMarkdown': copyRunMarkdown,
  'mlflow.run.copyTo': copyRunsTo,
  'mlflow.run.delete': deleteRun,
  'mlflow.run.editNote': editRunNote,
  'mlflow.run.open': openRun,
  'mlflow.run.rename': renameRun,
  'mlflow.run.restore': restoreRun,
  'mlflow.run.showDetails': showRunDetails,
  'mlflow.run.setColor': setRunColor,
  'mlflow.run.setTag': setRunTag,
  'mlflow.run.showMetricChart': showMetricChart,
  'mlflow.runsTable.open': openRunsTable,
  'mlflow.server.copyUri': copyTrackingUri,
  'mlflow.server.menu': showServerMenu,
  'mlflow.server.restart': restartServer,
  'mlflow.server.start': startServer,
  'mlflow.server.stop': stopServer,
};
