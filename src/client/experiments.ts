import { MlflowError } from '../entities/error.ts';
import type { ExperimentStore } from '../tracking/store.ts';
import { pairsJson, readExperiment, readPage, searchJson } from './json.ts';
import type { Rest } from './rest.ts';

/** MLflow requires a number of results here; this is what its own client asks for. */
const MAX_RESULTS = 1000;

export function experimentStore(rest: Rest): ExperimentStore {
  return {
    async createExperiment({ name, artifactLocation, tags }) {
      const body = { name, artifact_location: artifactLocation, tags: pairsJson(tags) };
      return (await rest.post('/experiments/create', body)).text('experiment_id');
    },
    async getExperiment(experimentId) {
      const reply = await rest.get('/experiments/get', { experiment_id: experimentId });
      return readExperiment(reply.message('experiment'));
    },
    async getExperimentByName(name) {
      try {
        const reply = await rest.get('/experiments/get-by-name', { experiment_name: name });
        return readExperiment(reply.message('experiment'));
      } catch (error) {
        if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
        throw error;
      }
    },
    async searchExperiments({ viewType, ...search }) {
      const body = { ...searchJson({ maxResults: MAX_RESULTS, ...search }), view_type: viewType };
      return readPage(await rest.post('/experiments/search', body), 'experiments', readExperiment);
    },
    async renameExperiment(experimentId, name) {
      await rest.post('/experiments/update', { experiment_id: experimentId, new_name: name });
    },
    async deleteExperiment(experimentId) {
      await rest.post('/experiments/delete', { experiment_id: experimentId });
    },
    async restoreExperiment(experimentId) {
      await rest.post('/experiments/restore', { experiment_id: experimentId });
    },
    async setExperimentTag(experimentId, { key, value }) {
      await rest.post('/experiments/set-experiment-tag', { experiment_id: experimentId, key, value });
    },
    async deleteExperimentTag(experimentId, key) {
      await rest.post('/experiments/delete-experiment-tag', { experiment_id: experimentId, key });
    },
  };
}
