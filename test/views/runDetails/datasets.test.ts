import { expect, test } from 'vitest';
import type { Dataset } from '../../../src/entities/dataset.ts';
import { datasetRows } from '../../../src/views/runDetails/datasets.ts';
import { run } from '../sampleRun.ts';

function rowOf(parts: Partial<Dataset>, tags: Readonly<Record<string, string>> = {}) {
  const dataset = {
    name: 'wine',
    digest: '0f1e',
    sourceType: 'http',
    source: '{}',
    schema: undefined,
    profile: undefined,
    ...parts,
  };
  return datasetRows({ ...run(), datasetInputs: [{ dataset, tags: new Map(Object.entries(tags)) }] })[0];
}

test('a dataset tells what it was used for, how large it is and where it came from', () => {
  const row = rowOf(
    { source: '{"url": "https://example.org/wine.csv"}', profile: '{"num_rows": 1599, "num_elements": 19188}' },
    { 'mlflow.data.context': 'training' },
  );
  expect(row).toMatchObject({ context: 'training', source: 'https://example.org/wine.csv', size: '1,599 rows' });
});

test('a schema of columns tells their names and types', () => {
  const schema = JSON.stringify({
    mlflow_colspec: [
      { type: 'double', name: 'alcohol', required: true },
      { type: 'string', name: 'colour', required: false },
      { type: 'long', required: true },
    ],
  });
  expect(rowOf({ schema })?.columns).toEqual([
    { name: 'alcohol', type: 'double' },
    { name: 'colour', type: 'string, optional' },
    { name: 'column 3', type: 'long' },
  ]);
});

test('a schema of arrays tells their shapes', () => {
  const spec = [{ type: 'tensor', 'tensor-spec': { dtype: 'float64', shape: [-1, 3] } }];
  const schema = JSON.stringify({ mlflow_tensorspec: { features: JSON.stringify(spec), targets: spec } });
  expect(rowOf({ schema })?.columns).toEqual([
    { name: 'features', type: 'float64 [-1, 3]' },
    { name: 'targets', type: 'float64 [-1, 3]' },
  ]);
});

test.each([
  '',
  'no JSON',
  'null',
  '[1]',
  '{"mlflow_colspec": 3}',
  '{"mlflow_colspec": [null]}',
  '{"mlflow_tensorspec": []}',
])('what is no schema, such as %j, has no columns', (text) => {
  const row = rowOf({ schema: text, source: text, profile: text });
  expect(row).toMatchObject({ columns: [], size: undefined });
  expect(row?.source).toBe(text);
});
