import { checkKeys } from './checkKeys.ts';
import type { Report } from './problems.ts';
import type { EntryPoint } from './project.ts';
import { asMap, type Entry, entriesOf, entryOf, isNull, isReference } from './yamlNodes.ts';

/** A job on Databricks has a Python file or entry points, and the cluster's environment. */
export function checkSparkJob(entries: readonly Entry[], entryPoints: readonly EntryPoint[], report: Report): void {
  const entry = entryOf(entries, 'databricks_spark_job');
  if (!entry || isReference(entry.value) || isNull(entry.value)) return;
  const map = asMap(entry.value);
  if (!map) {
    report('wrong-type', entry.keyRange, "'databricks_spark_job' is a mapping with a python_file.");
    return;
  }
  const keys = entriesOf(map, entry.range);
  checkKeys(keys, 'sparkJob', report);
  const file = entryOf(keys, 'python_file');
  if (!file && entryPoints.length === 0) {
    report('spark-job', entry.keyRange, 'A Spark job needs a python_file, or the project entry points.');
  } else if (file && entryPoints.length > 0) {
    report('spark-job', file.keyRange, 'A project has a python_file for Spark, or entry points, not both.');
  }
  for (const { key, keyRange } of entries) {
    if (!/^(?:python|conda|docker)_env$/.test(key)) continue;
    report('spark-job', keyRange, `A Spark job has the environment of its cluster, and MLflow refuses '${key}'.`);
  }
  for (const { type, name, nameRange } of entryPoints.flatMap(({ parameters }) => parameters)) {
    if (type === 'path') report('spark-job', nameRange, `'${name}': a Spark job takes no parameters of type path.`);
  }
}
