import { openFileRegistryStore } from '../../../src/registry/file/fileRegistryStore.ts';
import { openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { describeRegistryStore } from '../../conformance/registryStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describeRegistryStore('the file registry', async () => {
  const folder = temporaryFolder();
  const root = folder.join('mlruns');
  const tracking = await openFileTrackingStore({ root, artifactRoot: 'mlflow-artifacts:/' });
  const registry = await openFileRegistryStore({ root, lookup: tracking });
  return {
    store: { registry, tracking },
    async close() {
      await tracking.close();
      folder[Symbol.dispose]();
    },
  };
});
