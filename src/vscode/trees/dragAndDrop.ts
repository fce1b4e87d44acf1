import { commands, type DataTransfer, DataTransferItem, type TreeDragAndDropController, type Uri } from 'vscode';
import { runUri } from '../../views/runDetails/copies.ts';
import type { CommandId } from '../commands/ids.ts';
import { draggedRuns, MODELS_TYPE, RUNS_TYPE } from '../services/draggedRuns.ts';
import { chartsDocumentUri, runDocumentUri } from '../services/runUri.ts';
import { ArtifactNode } from './artifactNodes.ts';
import { ExperimentNode } from './experimentNode.ts';
import { LoggedModelNode, RecordedModelNode } from './modelNodes.ts';
import { RunNode } from './runNode.ts';
import { StoreNode } from './storeNode.ts';
import type { TreeNode } from './treeNode.ts';

/**
 * Runs are dropped on experiments, which copies them, on other runs, which compares them, into editors of Python, which
 * inserts what reads them there, and among the editors, where the details of one open, and the charts of several; files
 * open there, too.
 */
export const dragAndDrop: TreeDragAndDropController<TreeNode> = {
  dragMimeTypes: [RUNS_TYPE, MODELS_TYPE, 'text/uri-list'],
  dropMimeTypes: [RUNS_TYPE],

  handleDrag(nodes, transfer) {
    const runs = nodes.filter((node) => node instanceof RunNode);
    const files = nodes.filter((node) => node instanceof ArtifactNode).filter(({ file }) => !file.isDir);
    const models = nodes.flatMap(modelUri);
    const uris = [
      ...(runs.length > 1 ? [chartsDocumentUri(runs.map(({ reference }) => reference))] : runs.map(runUriOf)),
      ...files.map((it) => it.resource),
    ];
    if (runs.length > 0) put(transfer, RUNS_TYPE, JSON.stringify(runs.map(({ reference }) => reference)));
    if (models.length > 0) put(transfer, MODELS_TYPE, JSON.stringify(models));
    if (uris.length > 0) put(transfer, 'text/uri-list', uris.map(String).join('\r\n'));
  },

  async handleDrop(target, transfer) {
    const runs = await draggedRuns(transfer);
    if (runs.length === 0) return;
    if (target instanceof ExperimentNode) {
      const into = { connectionId: target.connection.id, experimentId: target.experiment.experimentId };
      // A run that slips out of the hand over its own experiment is not meant to be there twice.
      const others = runs.filter(
        (run) => run.experimentId !== into.experimentId || run.connectionId !== into.connectionId,
      );
      if (others.length > 0) await execute('mlflow.run.copyTo', { runs: others, into });
    } else if (target instanceof RunNode) {
      const others = runs.filter(({ runId }) => runId !== target.reference.runId);
      if (others.length > 0) await execute('mlflow.run.compare', [target.reference, ...others]);
    } else if (target instanceof StoreNode) await execute('mlflow.run.copyTo', { runs });
  },
};

function runUriOf({ reference, run }: RunNode): Uri {
  return runDocumentUri(reference, run.info.runName);
}

function modelUri(node: TreeNode): readonly string[] {
  if (node instanceof LoggedModelNode) return [`models:/${node.model.modelId}`];
  if (node instanceof RecordedModelNode) return [`${runUri(node.parent.parent.run)}/${node.model.path}`];
  return [];
}

function put(transfer: DataTransfer, type: string, text: string): void {
  transfer.set(type, new DataTransferItem(text));
}

async function execute(command: CommandId, target: object): Promise<void> {
  await commands.executeCommand(command, target);
}
