import { escapeMarkdown } from '../../views/markdown.ts';
import { serverRow } from '../../views/tree/storeRow.ts';
import type { EmbeddedServer } from '../services/embeddedServer.ts';
import { summarize } from '../services/statusBar.ts';
import type { TreeNode } from './treeNode.ts';

/** A folder whose server is not there (yet). */
export class ServerNode implements TreeNode {
  readonly id: string;
  readonly parent = undefined;
  readonly server: EmbeddedServer;

  constructor(server: EmbeddedServer) {
    this.id = `server:${server.folder.uri.toString()}`;
    this.server = server;
  }

  row() {
    return serverRow(summarize(this.server));
  }

  tooltip(): string {
    return escapeMarkdown(summarize(this.server).message ?? '');
  }
}
