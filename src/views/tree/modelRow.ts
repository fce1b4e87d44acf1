import type { LoggedModel } from '../../entities/loggedModel.ts';
import type { ModelVersion } from '../../entities/registeredModel.ts';
import { formatMoment } from '../formatTime.ts';
import { markdownTable } from '../markdown.ts';
import type { RecordedModel } from '../runModels.ts';
import { describe, type TreeRow } from './row.ts';

/** A logged model (MLflow 3) below its run. */
export function loggedModelRow(model: LoggedModel, versions: readonly ModelVersion[]): TreeRow {
  const failed = model.status === 'LOGGED_MODEL_UPLOAD_FAILED';
  return {
    label: model.name,
    description: describe(model.modelType || undefined, statusWord(model), registration(versions)),
    icon: failed ? { id: 'error', color: 'list.errorForeground' } : { id: 'package' },
    words: failed ? ['model'] : ['model', 'registrable'],
    expansion: 'collapsed',
  };
}

/** A 2.x model below its run. */
export function recordedModelRow(model: RecordedModel, versions: readonly ModelVersion[]): TreeRow {
  return {
    label: model.path,
    description: describe(model.flavors.join(', '), registration(versions)),
    icon: { id: 'package' },
    words: ['model', 'registrable'],
    expansion: 'collapsed',
  };
}

/** `registered as Wine v3`. */
function registration(versions: readonly ModelVersion[]): string | undefined {
  if (versions.length === 0) return undefined;
  return `registered as ${versions.map(({ name, version }) => `${name} v${version}`).join(', ')}`;
}

function statusWord({ status }: LoggedModel): string | undefined {
  if (status === 'LOGGED_MODEL_PENDING') return 'uploading';
  return status === 'LOGGED_MODEL_UPLOAD_FAILED' ? 'upload failed' : undefined;
}

/** Markdown. */
export function loggedModelTooltip(model: LoggedModel): string {
  return markdownTable([
    ['Model', model.name],
    ['Id', model.modelId],
    ['Logged', formatMoment(model.creationTimestamp)],
    ['Artifacts', model.artifactUri],
    ...model.params,
  ]);
}
