import { quoteValue } from './filterText.ts';

/**
 * The search for the runs of an entry point, as `mlflow run` tags them. Parents of sweeps are none.
 * @param folder the project's, absolute
 */
export function entryPointFilter(folder: string, entryPoint: string): string {
  return [
    ['mlflow.source.type', 'PROJECT'],
    ['mlflow.project.entryPoint', entryPoint],
    ['mlflow.source.name', folder],
  ]
    .map(([key, value]) => `tags.${key} = ${quoteValue(value ?? '')}`)
    .join(' and ');
}
