import { jsonInteger } from '../entities/jsonText.ts';
import type { RunStore } from '../tracking/store.ts';
import {
  datasetInputJson,
  metricJson,
  pairsJson,
  readMetric,
  readPage,
  readRun,
  readRunInfo,
  searchJson,
} from './json.ts';
import type { Rest } from './rest.ts';

export function runStore(rest: Rest): RunStore {
  return {
    async createRun({ experimentId, userId, runName, startTime, tags }) {
      const reply = await rest.post('/runs/create', {
        experiment_id: experimentId,
        user_id: userId,
        run_name: runName,
        start_time: startTime,
        tags: pairsJson(tags),
      });
      return readRun(reply.message('run'));
    },
    async getRun(runId) {
      return readRun((await rest.get('/runs/get', { run_id: runId })).message('run'));
    },
    async searchRuns({ experimentIds, viewType, ...search }) {
      const body = { experiment_ids: experimentIds, run_view_type: viewType, ...searchJson(search) };
      return readPage(await rest.post('/runs/search', body), 'runs', readRun);
    },
    async updateRun(runId, { status, endTime, runName }) {
      const body = { run_id: runId, status, end_time: endTime, run_name: runName };
      return readRunInfo((await rest.post('/runs/update', body)).message('run_info'));
    },
    async deleteRun(runId) {
      await rest.post('/runs/delete', { run_id: runId });
    },
    async restoreRun(runId) {
      await rest.post('/runs/restore', { run_id: runId });
    },
    async logBatch(runId, { metrics, params, tags }) {
      await rest.post('/runs/log-batch', {
        run_id: runId,
        metrics: metrics?.map(metricJson),
        params: params?.map(({ key, value }) => ({ key, value })),
        tags: tags?.map(({ key, value }) => ({ key, value })),
      });
    },
    async deleteTag(runId, key) {
      await rest.post('/runs/delete-tag', { run_id: runId, key });
    },
    async logInputs(runId, datasets, models) {
      await rest.post('/runs/log-inputs', {
        run_id: runId,
        datasets: datasets.map(datasetInputJson),
        models: models.map(({ modelId }) => ({ model_id: modelId })),
      });
    },
    async logOutputs(runId, models) {
      await rest.post('/runs/outputs', {
        run_id: runId,
        models: models.map(({ modelId, step }) => ({ model_id: modelId, step: jsonInteger(step) })),
      });
    },
    async recordModel(runId, modelJson) {
      await rest.post('/runs/log-model', { run_id: runId, model_json: modelJson });
    },
    async getMetricHistory(runId, key, { maxResults, pageToken } = {}) {
      const query = { run_id: runId, metric_key: key, max_results: maxResults };
      let page = readPage(
        await rest.get('/metrics/get-history', { ...query, page_token: pageToken }),
        'metrics',
        readMetric,
      );
      if (maxResults !== undefined) return page;
      // Some servers page although nobody asked them to; MLflow's file store even begins with an empty page.
      const items = [...page.items];
      while (page.nextPageToken !== undefined) {
        const next = { ...query, page_token: page.nextPageToken };
        page = readPage(await rest.get('/metrics/get-history', next), 'metrics', readMetric);
        for (const point of page.items) items.push(point);
      }
      return { items };
    },
  };
}
