import { type DebugConfiguration, Disposable, debug, type WorkspaceFolder } from 'vscode';
import type { EmbeddedServers } from './embeddedServers.ts';

/** How the Python extensions call their debuggers. */
const DEBUGGERS = ['debugpy', 'python'];

/**
 * Gives Python programs that are debugged without a terminal the address of their folder's server; those in a terminal
 * have it from there.
 */
export function shareWithDebuggers(servers: EmbeddedServers): Disposable {
  const provider = {
    resolveDebugConfigurationWithSubstitutedVariables: (
      folder: WorkspaceFolder | undefined,
      configuration: DebugConfiguration,
    ) => withServer(folder && servers.of(folder.uri)?.connection, configuration),
  };
  return Disposable.from(...DEBUGGERS.map((type) => debug.registerDebugConfigurationProvider(type, provider)));
}

/** What the user chose stays. */
function withServer(
  server: { readonly url: string; readonly token?: string | undefined } | undefined,
  configuration: DebugConfiguration,
): DebugConfiguration {
  const { console, env } = configuration;
  if (!server || console !== 'internalConsole' || env?.MLFLOW_TRACKING_URI !== undefined) return configuration;
  const token = server.token === undefined ? {} : { MLFLOW_TRACKING_TOKEN: server.token };
  return { ...configuration, env: { ...env, MLFLOW_TRACKING_URI: server.url, ...token } };
}
