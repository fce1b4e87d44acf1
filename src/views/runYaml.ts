import { stringify } from 'yaml';
import type { Run } from '../entities/run.ts';

/** A run's parameters by name, as YAML to read and to compare. */
export function paramsYaml({ data }: Run): string {
  const sorted = [...data.params].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length === 0 ? '# no parameters\n' : stringify(Object.fromEntries(sorted), { lineWidth: 0 });
}
