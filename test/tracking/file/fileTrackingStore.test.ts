import { openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { describeTrackingStore } from '../../conformance/trackingStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describeTrackingStore('the file store', async () => {
  const folder = temporaryFolder();
  const store = await openFileTrackingStore({ root: folder.join('mlruns') });
  return {
    store,
    async close() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
});
