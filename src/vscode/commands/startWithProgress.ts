import { window } from 'vscode';
import type { Connection } from '../services/connections.ts';
import type { EmbeddedServer } from '../services/embeddedServer.ts';

/** Starts a server where it is not running, with a line of progress in the view. */
export async function startWithProgress(server: EmbeddedServer): Promise<Connection> {
  const options = { location: { viewId: 'mlflow.experiments' } };
  if (server.connection) return server.connection;
  try {
    return await window.withProgress(options, () => server.start());
  } catch (error) {
    throw new Error('The tracking server did not start.', { cause: error });
  }
}
