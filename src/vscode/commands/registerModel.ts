import { type QuickPickItem, window } from 'vscode';
import { MlflowError } from '../../entities/error.ts';
import { isModelKey } from '../../protocol/runDetails.ts';
import type { RegistryStore } from '../../registry/store.ts';
import { artifactFolderSource, loggedModelSource, type ModelSource } from '../../views/modelSource.ts';
import { registeredModelNameProblem } from '../../views/registryNames.ts';
import { loggedModelIds, recordedModels } from '../../views/runModels.ts';
import { describe } from '../../views/tree/row.ts';
import { type Connection, isRunReference } from '../services/connections.ts';
import { ArtifactNode } from '../trees/artifactNodes.ts';
import { LoggedModelNode, RecordedModelNode } from '../trees/modelNodes.ts';
import { type ChosenRun, chosenRuns, readReference } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

interface ChosenModel {
  readonly connection: Connection;
  readonly source: ModelSource;
}

/** Makes versions of a registered model, new or existing: of a model of a run, or of several runs one each. */
export async function registerModel(context: CommandContext, target: unknown): Promise<void> {
  const model = clickedModel(target) ?? (await namedModel(context, target));
  const models = model ? [model] : await pickModels(context, Array.isArray(target) ? target : undefined);
  const [first] = models;
  if (!first) return;
  const { registry } = first.connection;
  const name = await askName(registry, first.source.title);
  if (name === undefined) return;
  await createIfMissing(registry, name);
  let newest = '';
  for (const { source } of models) {
    const { title: _, ...version } = source;
    newest = (await registry.createModelVersion({ name, ...version })).version;
  }
  await context.registeredModels.revealVersion(first.connection, name, newest);
}

function clickedModel(node: unknown): ChosenModel | undefined {
  if (node instanceof LoggedModelNode) {
    return { connection: node.runNode.connection, source: loggedModelSource(node.model) };
  }
  if (node instanceof RecordedModelNode) {
    const { connection, run } = node.runNode;
    return { connection, source: artifactFolderSource(run, node.model.path) };
  }
  if (node instanceof ArtifactNode) {
    const { connection, run } = node.runNode;
    return { connection, source: artifactFolderSource(run, node.file.path) };
  }
  return undefined;
}

/** A page names the model beside its run. */
async function namedModel(context: CommandContext, target: unknown): Promise<ChosenModel | undefined> {
  if (!isRunReference(target) || !('model' in target) || !isModelKey(target.model)) return undefined;
  const { modelId, path } = target.model;
  const { connection, run } = await readReference(context, target);
  if (modelId === undefined) return { connection, source: artifactFolderSource(run, path) };
  return { connection, source: loggedModelSource(await connection.tracking.getLoggedModel(modelId)) };
}

/** @param runs references of runs; the user picks one where there are none */
async function pickModels(context: CommandContext, runs: unknown): Promise<readonly ChosenModel[]> {
  const title = 'Register Model: pick its run';
  const chosen = await chosenRuns(context, runs, undefined, title);
  if (chosen.length > 1 && runs !== undefined) return pickSeveral(chosen);
  const [only] = chosen;
  if (!only) return [];
  const { connection } = only;
  const sources = await modelsOf(only);
  if (sources.length === 0) throw new Error(`The run '${only.run.info.runName}' has no model.`);
  const items = sources.map((source): QuickPickItem & { source: ModelSource } => ({ label: source.title, source }));
  const source = items.length === 1 ? items[0]?.source : (await window.showQuickPick(items, { title }))?.source;
  return source ? [{ connection, source }] : [];
}

/** All models of several runs of one server, to be versions of one registered model. */
async function pickSeveral(runs: readonly ChosenRun[]): Promise<readonly ChosenModel[]> {
  const found = await Promise.all(
    runs.map(async (chosen) => {
      const { connection, run } = chosen;
      const sources = await modelsOf(chosen);
      return sources.map((source): QuickPickItem & ChosenModel => {
        return { label: source.title, description: run.info.runName, picked: true, connection, source };
      });
    }),
  );
  const items = found.flat();
  if (items.length === 0) throw new Error('None of these runs has a model.');
  const title = 'Register Models as Versions of One';
  return (await window.showQuickPick(items, { title, canPickMany: true })) ?? [];
}

async function modelsOf({ connection, run }: ChosenRun): Promise<readonly ModelSource[]> {
  const logged = await Promise.all(loggedModelIds(run).map((id) => connection.tracking.getLoggedModel(id)));
  return [...logged.map(loggedModelSource), ...recordedModels(run).map(({ path }) => artifactFolderSource(run, path))];
}

/** An existing name from a list, or a new one. */
async function askName(registry: RegistryStore, suggestion: string): Promise<string | undefined> {
  const title = `Register Model '${suggestion}'`;
  const { items: models } = await registry.searchRegisteredModels({ maxResults: 1000 });
  const create: QuickPickItem = { label: '$(add) Create New Registered Model…' };
  if (models.length > 0) {
    const existing = models.map(({ name, latestVersions, aliases }): QuickPickItem => {
      const latest = Math.max(0, ...latestVersions.map(({ version }) => Number(version)));
      return {
        label: name,
        description: describe(latest ? `newest is v${latest}` : undefined, ...[...aliases.keys()].map((a) => `@${a}`)),
      };
    });
    const placeHolder = 'Registered model that gets the new version';
    const picked = await window.showQuickPick([create, ...existing], { title, placeHolder });
    if (picked !== create) return picked?.label;
  }
  return window.showInputBox({
    title,
    prompt: 'Name of the new registered model',
    value: suggestion,
    validateInput: registeredModelNameProblem,
  });
}

async function createIfMissing(registry: RegistryStore, name: string): Promise<void> {
  try {
    await registry.createRegisteredModel({ name });
  } catch (error) {
    const isThere =
      error instanceof MlflowError && (error.code === 'RESOURCE_ALREADY_EXISTS' || error.code === 'ALREADY_EXISTS');
    if (!isThere) throw error;
  }
}
