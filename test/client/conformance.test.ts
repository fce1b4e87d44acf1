import { connect, type MlflowClient } from '../../src/client/connect.ts';
import { listen } from '../../src/server/listen.ts';
import { describeArtifactRepository } from '../conformance/artifactRepository.ts';
import { describeRegistryStore } from '../conformance/registryStore.ts';
import { describeTrackingStore } from '../conformance/trackingStore.ts';
import { openFileServer } from '../server/fileServer.ts';

interface Connected {
  readonly client: MlflowClient;
  close(): Promise<void>;
}

async function inProcess(): Promise<Connected> {
  const server = await openFileServer();
  const client = connect('http://localhost', { fetch: server.fetch });
  return {
    client,
    async close() {
      client.dispose();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function overSocket(): Promise<Connected> {
  const server = await openFileServer();
  const listening = await listen(server.app, { host: '127.0.0.1', port: 0 });
  const client = connect(listening.url);
  return {
    client,
    async close() {
      client.dispose();
      await listening.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

for (const [name, open] of Object.entries({ 'in process': inProcess, 'over a socket': overSocket })) {
  describeTrackingStore(`the tracking store of a client ${name}`, async () => {
    const { client, close } = await open();
    return { store: client.tracking, close };
  });

  describeRegistryStore(`the registry of a client ${name}`, async () => {
    const { client, close } = await open();
    return { store: client, close };
  });

  describeArtifactRepository(`the artifacts of a client ${name}`, async () => {
    const { client, close } = await open();
    return { store: client.artifacts.open('mlflow-artifacts:/a'), close };
  });
}
