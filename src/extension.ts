import { type ExtensionContext, window } from 'vscode';
import { registerCommands } from './vscode/commands/registerCommands.ts';
import { registerRunDrops } from './vscode/editors/dropRuns.ts';
import { registerEntryPointLenses } from './vscode/editors/entryPointLenses.ts';
import { registerInlineCharts } from './vscode/editors/inlineCharts.ts';
import { registerLanguageFeatures } from './vscode/editors/languageFeatures.ts';
import { OpenCharts } from './vscode/panels/charts/openCharts.ts';
import { OpenPanels } from './vscode/panels/openPanels.ts';
import { registerPanels } from './vscode/panels/register.ts';
import { RunDetailsPanels } from './vscode/panels/runDetails.ts';
import { TableFollowers } from './vscode/panels/tableFollowers.ts';
import { registerArtifactFiles } from './vscode/services/artifactFiles.ts';
import { keepContextKeys } from './vscode/services/contextKeys.ts';
import { shareWithDebuggers } from './vscode/services/debugEnvironment.ts';
import { endDebuggedRuns } from './vscode/services/debugRuns.ts';
import { EmbeddedServers } from './vscode/services/embeddedServers.ts';
import { cliProgram } from './vscode/services/program.ts';
import { registerRunDocuments } from './vscode/services/runDocuments.ts';
import { showStatus } from './vscode/services/statusBar.ts';
import { shareTrackingUri } from './vscode/services/terminalEnvironment.ts';
import type { Services } from './vscode/services.ts';
import { registerEntryPointTasks } from './vscode/tasks/entryPointTasks.ts';
import { registerTools } from './vscode/tools/registerTools.ts';
import { ExperimentsTree } from './vscode/trees/experimentsTree.ts';
import { RegisteredModelsTree } from './vscode/trees/registeredModelsTree.ts';

/** Builds the services, registers everything that uses them, and starts the servers of folders that use MLflow. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('MLflow', { log: true });
  const servers = new EmbeddedServers({ log, cli: (args) => cliProgram(context, args) });
  const services: Services = {
    context,
    log,
    connections: servers,
    servers,
    openPanels: new OpenPanels(),
    openCharts: new OpenCharts(),
    followers: new TableFollowers(),
  };
  const experiments = new ExperimentsTree(services);
  const registeredModels = new RegisteredModelsTree(services);
  const runDetails = new RunDetailsPanels(services);
  context.subscriptions.push(
    log,
    servers,
    experiments,
    registeredModels,
    keepContextKeys(servers),
    shareTrackingUri(context, servers),
    shareWithDebuggers(servers),
    endDebuggedRuns(servers, log),
    ...showStatus(servers),
    registerArtifactFiles(servers),
    registerRunDocuments(servers),
    ...registerPanels(services, runDetails),
    ...registerEntryPointTasks(services),
    ...registerEntryPointLenses(services),
    ...registerLanguageFeatures(services),
    ...registerInlineCharts(services),
    registerRunDrops(),
    ...registerTools(services),
    ...registerCommands({ ...services, experiments, registeredModels, runDetails }),
  );
  servers.startUsed();
}
