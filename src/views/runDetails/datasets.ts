import type { DatasetInput } from '../../entities/dataset.ts';
import type { Run } from '../../entities/run.ts';

/** A dataset that the run used. */
export interface DatasetRow {
  readonly name: string;
  readonly digest: string;
  /** What it was used for, such as `training`. */
  readonly context: string | undefined;
  readonly sourceType: string;
  /** Where it came from: an address where the source tells one, else what it says. */
  readonly source: string;
  readonly columns: readonly DatasetColumn[];
  /** `1,599 rows`, from its profile. */
  readonly size: string | undefined;
}

export interface DatasetColumn {
  readonly name: string;
  readonly type: string;
}

export function datasetRows({ datasetInputs }: Run): readonly DatasetRow[] {
  return datasetInputs.map(({ dataset, tags }: DatasetInput) => ({
    name: dataset.name,
    digest: dataset.digest,
    context: tags.get('mlflow.data.context'),
    sourceType: dataset.sourceType,
    source: sourceText(dataset.source),
    columns: schemaColumns(dataset.schema),
    size: sizeText(dataset.profile),
  }));
}

/** Keys by which the sources of MLflow name their place. */
const PLACES = ['uri', 'url', 'path', 'table_name', 'delta_table_name', 'query', 'sql'];

function sourceText(json: string): string {
  const source = parseObject(json);
  const place = PLACES.map((key) => source?.[key]).find((value) => typeof value === 'string' && value !== '');
  return typeof place === 'string' ? place : json;
}

/** Of tables (`mlflow_colspec`) and of arrays (`mlflow_tensorspec`, features and targets). */
function schemaColumns(json: string | undefined): readonly DatasetColumn[] {
  const schema = parseObject(json ?? '');
  const columns = schema?.mlflow_colspec;
  if (Array.isArray(columns)) return columns.flatMap(column);
  const tensors = schema?.mlflow_tensorspec;
  return isObject(tensors) ? Object.entries(tensors).flatMap(([side, spec]) => tensorColumns(side, spec)) : [];
}

function column(spec: unknown, at: number): DatasetColumn[] {
  if (!isObject(spec)) return [];
  const name = typeof spec.name === 'string' ? spec.name : `column ${at + 1}`;
  const isOptional = spec.required === false;
  return [{ name, type: `${typeof spec.type === 'string' ? spec.type : 'unknown'}${isOptional ? ', optional' : ''}` }];
}

function tensorColumns(side: string, spec: unknown): DatasetColumn[] {
  const list = typeof spec === 'string' ? parseJson(spec) : spec;
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => {
    const tensor = isObject(entry) && isObject(entry['tensor-spec']) ? entry['tensor-spec'] : undefined;
    if (!tensor) return [];
    const shape = Array.isArray(tensor.shape) ? `[${tensor.shape.join(', ')}]` : '';
    const name = isObject(entry) && typeof entry.name === 'string' ? entry.name : side;
    return [{ name, type: `${typeof tensor.dtype === 'string' ? tensor.dtype : 'tensor'} ${shape}`.trim() }];
  });
}

function sizeText(json: string | undefined): string | undefined {
  const rows = parseObject(json ?? '')?.num_rows;
  return typeof rows === 'number' ? `${rows.toLocaleString('en-US')} row${rows === 1 ? '' : 's'}` : undefined;
}

function parseObject(json: string): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(json);
  return isObject(value) ? value : undefined;
}

/** Texts that any client may write: what cannot be read is shown as it is. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
