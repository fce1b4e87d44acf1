import * as about from './about.ts';
import * as artifacts from './artifacts.ts';
import * as assessments from './assessments.ts';
import * as datasets from './datasets.ts';
import * as experiments from './experiments.ts';
import * as graphql from './graphql.ts';
import * as models from './loggedModels.ts';
import * as histories from './metricHistories.ts';
import { getMetricSeries } from './metricSeries.ts';
import * as versions from './modelVersions.ts';
import * as pages from './pages.ts';
import * as registered from './registeredModels.ts';
import type { MessageHandler, RawHandler, Route } from './route.ts';
import * as runs from './runs.ts';
import * as traces from './traces.ts';
import * as tracesV2 from './tracesV2.ts';
import { UNSUPPORTED } from './unsupported.ts';
import * as upkeep from './upkeep.ts';
import * as workbench from './workbench.ts';

const message = (method: string, path: string, handle: MessageHandler): Route => ({
  method,
  path,
  kind: 'message',
  handle,
});
const search = (path: string, handle: MessageHandler): Route => ({
  ...message('POST', path, handle),
  reads: true,
});
/** Many things at once, or texts without a limit that is worth the name. */
const documents = (method: string, path: string, handle: MessageHandler): Route => ({
  ...message(method, path, handle),
  carriesDocuments: true,
});
const raw = (method: string, path: string, handle: RawHandler): Route => ({ method, path, kind: 'raw', handle });

/** Everything that the server answers, a line each (see `Route` for what a path means). */
export const ROUTES: readonly Route[] = [
  documents('POST', '/mlflow/experiments/create', experiments.createExperiment),
  message('GET', '/mlflow/experiments/get', experiments.getExperiment),
  message('GET', '/mlflow/experiments/get-by-name', experiments.getExperimentByName),
  message('GET', '/mlflow/experiments/search', experiments.searchExperiments),
  search('/mlflow/experiments/search', experiments.searchExperiments),
  message('POST', '/mlflow/experiments/update', experiments.updateExperiment),
  message('POST', '/mlflow/experiments/delete', experiments.deleteExperiment),
  message('POST', '/mlflow/experiments/restore', experiments.restoreExperiment),
  message('POST', '/mlflow/experiments/set-experiment-tag', experiments.setExperimentTag),
  message('POST', '/mlflow/experiments/delete-experiment-tag', experiments.deleteExperimentTag),

  documents('POST', '/mlflow/runs/create', runs.createRun),
  message('GET', '/mlflow/runs/get', runs.getRun),
  search('/mlflow/runs/search', runs.searchRuns),
  message('POST', '/mlflow/runs/update', runs.updateRun),
  message('POST', '/mlflow/runs/delete', runs.deleteRun),
  message('POST', '/mlflow/runs/restore', runs.restoreRun),
  message('POST', '/mlflow/runs/log-metric', runs.logMetric),
  message('POST', '/mlflow/runs/log-parameter', runs.logParameter),
  documents('POST', '/mlflow/runs/log-batch', runs.logBatch),
  message('POST', '/mlflow/runs/set-tag', runs.setTag),
  message('POST', '/mlflow/runs/delete-tag', runs.deleteTag),
  documents('POST', '/mlflow/runs/log-inputs', runs.logInputs),
  message('POST', '/mlflow/runs/outputs', runs.logOutputs),
  documents('POST', '/mlflow/runs/log-model', runs.logModel),
  message('GET', '/mlflow/metrics/get-history', runs.getMetricHistory),
  message('GET', '/mlflow/metrics/get-history-bulk', histories.getHistoryBulk),
  message('GET', '/mlflow/metrics/get-history-bulk-interval', histories.getHistoryBulkInterval),
  search('/mlflow/experiments/search-datasets', datasets.searchDatasets),

  documents('POST', '/mlflow/logged-models', models.createLoggedModel),
  search('/mlflow/logged-models/search', models.searchLoggedModels),
  message('GET', '/mlflow/logged-models/{model_id}', models.getLoggedModel),
  message('PATCH', '/mlflow/logged-models/{model_id}', models.finalizeLoggedModel),
  message('DELETE', '/mlflow/logged-models/{model_id}', models.deleteLoggedModel),
  documents('PATCH', '/mlflow/logged-models/{model_id}/tags', models.setLoggedModelTags),
  message('DELETE', '/mlflow/logged-models/{model_id}/tags/{key*}', models.deleteLoggedModelTag),
  documents('POST', '/mlflow/logged-models/{model_id}/params', models.logLoggedModelParams),
  message('GET', '/mlflow/logged-models/{model_id}/artifacts/directories', artifacts.listLoggedModelArtifacts),
  raw('GET', '/mlflow/logged-models/{model_id}/artifacts/files', artifacts.getLoggedModelArtifact),

  documents('POST', '/mlflow/registered-models/create', registered.createRegisteredModel),
  message('GET', '/mlflow/registered-models/get', registered.getRegisteredModel),
  message('GET', '/mlflow/registered-models/search', registered.searchRegisteredModels),
  message('POST', '/mlflow/registered-models/rename', registered.renameRegisteredModel),
  message('PATCH', '/mlflow/registered-models/update', registered.updateRegisteredModel),
  message('DELETE', '/mlflow/registered-models/delete', registered.deleteRegisteredModel),
  message('GET', '/mlflow/registered-models/get-latest-versions', registered.getLatestVersions),
  search('/mlflow/registered-models/get-latest-versions', registered.getLatestVersions),
  message('POST', '/mlflow/registered-models/set-tag', registered.setRegisteredModelTag),
  message('DELETE', '/mlflow/registered-models/delete-tag', registered.deleteRegisteredModelTag),
  message('POST', '/mlflow/registered-models/alias', registered.setAlias),
  message('DELETE', '/mlflow/registered-models/alias', registered.deleteAlias),
  message('GET', '/mlflow/registered-models/alias', registered.getModelVersionByAlias),

  documents('POST', '/mlflow/model-versions/create', versions.createModelVersion),
  message('GET', '/mlflow/model-versions/get', versions.getModelVersion),
  message('GET', '/mlflow/model-versions/search', versions.searchModelVersions),
  message('PATCH', '/mlflow/model-versions/update', versions.updateModelVersion),
  message('POST', '/mlflow/model-versions/transition-stage', versions.transitionModelVersionStage),
  message('DELETE', '/mlflow/model-versions/delete', versions.deleteModelVersion),
  message('POST', '/mlflow/model-versions/set-tag', versions.setModelVersionTag),
  message('DELETE', '/mlflow/model-versions/delete-tag', versions.deleteModelVersionTag),
  message('GET', '/mlflow/model-versions/get-download-uri', versions.getDownloadUri),

  documents('POST', '/3.0/mlflow/traces', traces.startTrace),
  search('/3.0/mlflow/traces/search', traces.searchTraces),
  message('GET', '/3.0/mlflow/traces/{trace_id}', traces.getTrace),
  documents('POST', '/2.0/mlflow/traces', tracesV2.startTrace),
  message('GET', '/2.0/mlflow/traces', tracesV2.searchTraces),
  message('GET', '/2.0/mlflow/traces/{trace_id}/info', tracesV2.getTrace),
  documents('PATCH', '/2.0/mlflow/traces/{trace_id}', tracesV2.endTrace),
  message('POST', '/mlflow/traces/delete-traces', traces.deleteTraces),
  message('PATCH', '/mlflow/traces/{trace_id}/tags', traces.setTraceTag),
  message('DELETE', '/mlflow/traces/{trace_id}/tags', traces.deleteTraceTag),
  raw('GET', '/mlflow/get-trace-artifact', artifacts.getTraceArtifact),
  documents('POST', '/mlflow/traces/{trace_id}/assessments', assessments.createAssessment),
  message('GET', '/mlflow/traces/{trace_id}/assessments/{assessment_id}', assessments.getAssessment),
  documents('PATCH', '/mlflow/traces/{trace_id}/assessments/{assessment_id}', assessments.updateAssessment),
  message('DELETE', '/mlflow/traces/{trace_id}/assessments/{assessment_id}', assessments.deleteAssessment),

  message('GET', '/mlflow/artifacts/list', artifacts.listRunArtifacts),
  raw('POST', '/mlflow/upload-artifact', artifacts.uploadRunArtifact),
  raw('GET', '//get-artifact', artifacts.getRunArtifact),
  raw('GET', '//model-versions/get-artifact', artifacts.getModelVersionArtifact),
  message('GET', '/mlflow-artifacts/artifacts', artifacts.listArtifacts),
  raw('GET', '/mlflow-artifacts/artifacts/{path*}', artifacts.downloadArtifact),
  raw('PUT', '/mlflow-artifacts/artifacts/{path*}', artifacts.uploadArtifact),
  message('DELETE', '/mlflow-artifacts/artifacts/{path*}', artifacts.deleteArtifact),

  raw('GET', '//', pages.getPage),
  raw('GET', '//static-files/{path*}', pages.getPageFile),
  raw('GET', '//health', about.getHealth),
  raw('GET', '//version', about.getVersion),
  message('GET', '/mlflow/server-info', about.getServerInfo),
  raw('POST', '//v1/traces', about.refuseSpans),
  message('GET', '/mlflow/gateway-proxy', about.getGatewayEndpoints),
  message('GET', '/mlflow/ui-telemetry', about.getUiTelemetry),
  search('/mlflow/ui-telemetry', about.ignoreUiTelemetry),
  { ...raw('POST', '//graphql', graphql.answerOperation), reads: true },

  raw('GET', '//api/mlflow-workbench/server', workbench.getProcess),
  raw('GET', '//api/mlflow-workbench/problems', workbench.getProblems),
  raw('GET', '//api/mlflow-workbench/events', workbench.streamEvents),
  raw('GET', '//api/mlflow-workbench/metric-series', getMetricSeries),
  raw('PUT', '//api/mlflow-workbench/runs/{run_id}/artifacts/{path*}', artifacts.putRunArtifact),
  raw('PUT', '//api/mlflow-workbench/logged-models/{model_id}/artifacts/{path*}', artifacts.putLoggedModelArtifact),
  search('//api/mlflow-workbench/runs/search', runs.searchKnownRuns),
  search('//api/mlflow-workbench/runs/measure', upkeep.measureRuns),
  search('//api/mlflow-workbench/experiments/measure', upkeep.measureExperiment),
  message('POST', '//api/mlflow-workbench/runs/purge', upkeep.purgeRun),
  message('POST', '//api/mlflow-workbench/experiments/purge', upkeep.purgeExperiment),

  ...UNSUPPORTED,
];
