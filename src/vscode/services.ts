import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { OpenCharts } from './panels/charts/openCharts.ts';
import type { OpenPanels } from './panels/openPanels.ts';
import type { TableFollowers } from './panels/tableFollowers.ts';
import type { Connections } from './services/connections.ts';
import type { EmbeddedServers } from './services/embeddedServers.ts';

/** What `extension.ts` builds once and hands to everything that registers itself. */
export interface Services {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly connections: Connections;
  /** The embedded servers behind the connections. */
  readonly servers: EmbeddedServers;
  readonly openPanels: OpenPanels;
  readonly openCharts: OpenCharts;
  /** Charts and comparisons of what is selected in tables. */
  readonly followers: TableFollowers;
}
