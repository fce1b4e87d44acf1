import { invalidParameter } from '../../entities/error.ts';
import type { ModelVersion, ModelVersionStage } from '../../entities/registeredModel.ts';

const STAGES: readonly ModelVersionStage[] = ['None', 'Staging', 'Production', 'Archived'];

/** Stages may be given in any case. @throws INVALID_PARAMETER_VALUE */
export function parseStage(text: string): ModelVersionStage {
  const stage = STAGES.find((name) => name.toLowerCase() === text.toLowerCase());
  if (stage) return stage;
  throw invalidParameter(`Invalid Model Version stage: ${text}. Value must be one of ${STAGES.join(', ')}.`);
}

/** @param versions from the first to the newest. */
export function newestOfEachStage(
  versions: readonly ModelVersion[],
  stages: readonly ModelVersionStage[] = STAGES,
): ModelVersion[] {
  return stages.flatMap((stage) => versions.findLast(({ currentStage }) => currentStage === stage) ?? []);
}
