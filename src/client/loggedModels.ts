import { invalidParameter } from '../entities/error.ts';
import type { LoggedModelStore } from '../tracking/store.ts';
import { pairsJson, readLoggedModel, readPage } from './json.ts';
import type { Rest } from './rest.ts';

export function loggedModelStore(rest: Rest): LoggedModelStore {
  return {
    async createLoggedModel({ experimentId, name, modelType, sourceRunId, params, tags }) {
      // On the wire an empty name is none, and the server would make one up.
      if (name === '') throw invalidParameter('A logged model needs a name, or none at all for a random one.');
      const reply = await rest.post('/logged-models', {
        experiment_id: experimentId,
        name,
        model_type: modelType,
        source_run_id: sourceRunId,
        params: pairsJson(params),
        tags: pairsJson(tags),
      });
      return readLoggedModel(reply.message('model'));
    },
    async getLoggedModel(modelId, options = {}) {
      const reply = await rest.get(modelPath(modelId), { allow_deleted: options.allowDeleted || undefined });
      return readLoggedModel(reply.message('model'));
    },
    async searchLoggedModels({ experimentIds, filter, datasets, orderBy, maxResults, pageToken }) {
      const reply = await rest.post('/logged-models/search', {
        experiment_ids: experimentIds,
        filter,
        datasets: datasets?.map(({ name, digest }) => ({ dataset_name: name, dataset_digest: digest })),
        order_by: orderBy?.map((order) => ({
          field_name: order.fieldName,
          ascending: order.ascending,
          dataset_name: order.datasetName,
          dataset_digest: order.datasetDigest,
        })),
        max_results: maxResults,
        page_token: pageToken,
      });
      return readPage(reply, 'models', readLoggedModel);
    },
    async finalizeLoggedModel(modelId, status) {
      return readLoggedModel((await rest.patch(modelPath(modelId), { model_id: modelId, status })).message('model'));
    },
    async deleteLoggedModel(modelId) {
      await rest.delete(modelPath(modelId));
    },
    async setLoggedModelTags(modelId, tags) {
      const pairs = tags.map(({ key, value }) => ({ key, value }));
      await rest.patch(`${modelPath(modelId)}/tags`, { model_id: modelId, tags: pairs });
    },
    async deleteLoggedModelTag(modelId, key) {
      await rest.delete(`${modelPath(modelId)}/tags/${key.split('/').map(encodeURIComponent).join('/')}`);
    },
    async logLoggedModelParams(modelId, params) {
      await rest.post(`${modelPath(modelId)}/params`, { model_id: modelId, params: pairsJson(params) });
    },
  };
}

function modelPath(modelId: string): string {
  return `/logged-models/${encodeURIComponent(modelId)}`;
}
