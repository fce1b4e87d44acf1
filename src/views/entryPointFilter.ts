import { quoteValue } from './filterText.ts';

/**
 * The search for the runs of an entry point, as `mlflow run` tags them. Parents of sweeps are none.
 * @param source the name of the project, of which it can have more than one: the search language has no `or`
 */
export function entryPointFilter(source: string, entryPoint: string): string {
  return [
    ['mlflow.source.type', 'PROJECT'],
    ['mlflow.project.entryPoint', entryPoint],
    ['mlflow.source.name', source],
  ]
    .map(([key, value]) => `tags.${key} = ${quoteValue(value ?? '')}`)
    .join(' and ');
}
