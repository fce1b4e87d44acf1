import type { RegistryStore } from '../registry/store.ts';
import { pairsJson, readModelVersion, readPage, readRegisteredModel, searchJson } from './json.ts';
import type { Rest } from './rest.ts';

export function registryStore(rest: Rest): RegistryStore {
  return {
    async createRegisteredModel({ name, description, tags }) {
      const reply = await rest.post('/registered-models/create', { name, description, tags: pairsJson(tags) });
      return readRegisteredModel(reply.message('registered_model'));
    },
    async getRegisteredModel(name) {
      return readRegisteredModel((await rest.get('/registered-models/get', { name })).message('registered_model'));
    },
    async searchRegisteredModels(search) {
      const reply = await rest.get('/registered-models/search', searchJson(search));
      return readPage(reply, 'registered_models', readRegisteredModel);
    },
    async renameRegisteredModel(name, newName) {
      const reply = await rest.post('/registered-models/rename', { name, new_name: newName });
      return readRegisteredModel(reply.message('registered_model'));
    },
    async updateRegisteredModel(name, description) {
      const reply = await rest.patch('/registered-models/update', { name, description });
      return readRegisteredModel(reply.message('registered_model'));
    },
    async deleteRegisteredModel(name) {
      await rest.delete('/registered-models/delete', { name });
    },
    async setRegisteredModelTag(name, { key, value }) {
      await rest.post('/registered-models/set-tag', { name, key, value });
    },
    async deleteRegisteredModelTag(name, key) {
      await rest.delete('/registered-models/delete-tag', { name, key });
    },
    async setAlias(name, alias, version) {
      await rest.post('/registered-models/alias', { name, alias, version });
    },
    async deleteAlias(name, alias) {
      await rest.delete('/registered-models/alias', { name, alias });
    },
    async getModelVersionByAlias(name, alias) {
      return readModelVersion((await rest.get('/registered-models/alias', { name, alias })).message('model_version'));
    },
    async getLatestVersions(name, stages) {
      const reply = await rest.post('/registered-models/get-latest-versions', { name, stages });
      return reply.messages('model_versions').map(readModelVersion);
    },

    async createModelVersion({ name, source, runId, runLink, modelId, description, tags }) {
      const reply = await rest.post('/model-versions/create', {
        name,
        source,
        run_id: runId,
        run_link: runLink,
        model_id: modelId,
        description,
        tags: pairsJson(tags),
      });
      return readModelVersion(reply.message('model_version'));
    },
    async getModelVersion(name, version) {
      return readModelVersion((await rest.get('/model-versions/get', { name, version })).message('model_version'));
    },
    async searchModelVersions(search) {
      const reply = await rest.get('/model-versions/search', searchJson(search));
      return readPage(reply, 'model_versions', readModelVersion);
    },
    async updateModelVersion(name, version, description) {
      const reply = await rest.patch('/model-versions/update', { name, version, description });
      return readModelVersion(reply.message('model_version'));
    },
    async transitionModelVersionStage(name, version, stage, archiveExistingVersions) {
      const body = { name, version, stage, archive_existing_versions: archiveExistingVersions };
      return readModelVersion((await rest.post('/model-versions/transition-stage', body)).message('model_version'));
    },
    async deleteModelVersion(name, version) {
      await rest.delete('/model-versions/delete', { name, version });
    },
    async setModelVersionTag(name, version, { key, value }) {
      await rest.post('/model-versions/set-tag', { name, version, key, value });
    },
    async deleteModelVersionTag(name, version, key) {
      await rest.delete('/model-versions/delete-tag', { name, version, key });
    },
    async getDownloadUri(name, version) {
      return (await rest.get('/model-versions/get-download-uri', { name, version })).text('artifact_uri');
    },
  };
}
