import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MlflowError } from '../../src/entities/error.ts';
import type { Run } from '../../src/entities/run.ts';
import { by, inOrder } from '../../src/search/order.ts';
import { compileRunSearch, RUN_FIELDS } from '../../src/search/runs.ts';
import { metric, type RunParts, run } from '../views/sampleRun.ts';

function named(runId: string, startTime: number, parts: RunParts): Run {
  return run({ ...parts, info: { runId, startTime, endTime: undefined, ...parts.info } });
}

const RUNS: readonly Run[] = [
  named('aa1', 100, {
    info: { runName: 'first' },
    metrics: [metric('acc', 0.9), metric('val/loss', 1)],
    params: { lr: '0.1', 'my param': 'x', big: 'Hello World' },
    tags: { k: 'v1', 'a.b': 'z', 'mlflow.user': 'bob', quotes: "a''b", 'tick``tick': 'x', escaped: String.raw`a\'b` },
  }),
  {
    ...named('bb2', 200, {
      info: { runName: "it's", status: 'RUNNING' },
      metrics: [metric('acc', Number.NaN)],
      params: { lr: '0.2' },
      tags: { k: 'V2' },
    }),
    datasetInputs: [
      {
        dataset: { name: 'ds', digest: 'abc', sourceType: 'local', source: '', schema: undefined, profile: undefined },
        tags: new Map([['mlflow.data.context', 'train']]),
      },
    ],
  },
  named('cc3', 150, { metrics: [metric('acc', 0.5)] }),
];

function matching(filter: string): string {
  const runs = [...RUNS];
  runs.length = compileRunSearch(filter).filter(RUN_FIELDS)(runs, runs.length);
  return runs.map(({ info }) => info.runId).join(' ');
}

/** What MLflow's own search answers to these filters on these runs. */
describe('a filter of runs', () => {
  test.each([
    ['', 'aa1 bb2 cc3'],
    ['metrics.acc > 0.5', 'aa1'],
    ['metric.acc >= 0.5', 'aa1 cc3'],
    ['metrics.acc != 0.5', 'aa1 bb2'],
    ['metrics.`val/loss` = 1', 'aa1'],
    ['metrics."val/loss" = 1', 'aa1'],
    ['metrics.acc > -1', 'aa1 cc3'],
    ['metrics.acc > 1e-3', 'aa1 cc3'],
    ['metrics.acc>.5', 'aa1'],
    ['params.lr = "0.1"', 'aa1'],
    ["params.lr='0.1'", 'aa1'],
    ["param.lr != '0.1'", 'bb2'],
    ["parameter.lr like '0.%'", 'aa1 bb2'],
    ['params.`my param` = "x"', 'aa1'],
    ["params.big LIKE 'hello%'", ''],
    ["params.big ILIKE 'hello%'", 'aa1'],
    ["params.big LIKE 'Hello'", ''],
    ["params.big LIKE 'H_llo World'", 'aa1'],
    ['params.lr IS NULL', 'cc3'],
    ['params.lr is not null', 'aa1 bb2'],
    ["tags.mlflow.user = 'bob'", 'aa1'],
    ["tags.`mlflow.user` = 'bob'", 'aa1'],
    ['tags."a.b" = \'z\'', 'aa1'],
    ["tags.missing != 'x'", ''],
    ["status = 'RUNNING'", 'bb2'],
    ["run.status = 'RUNNING'", 'bb2'],
    ["attribute.status = 'finished'", ''],
    ["run_id IN ('aa1','bb2')", 'aa1 bb2'],
    ["run_id NOT IN ('aa1')", 'bb2 cc3'],
    ["run_id IN ('AA1')", ''],
    ["attributes.`Run name` = 'first'", 'aa1'],
    ['run_name = "it\'s"', 'bb2'],
    ['start_time > 100', 'bb2 cc3'],
    ['created > 100', 'bb2 cc3'],
    ["dataset.name = 'ds'", 'bb2'],
    ["datasets.digest LIKE 'a%'", 'bb2'],
    ["dataset.context = 'train'", 'bb2'],
    ["dataset.name IN ('ds','x')", 'bb2'],
    ["metrics.acc > 0.1 and params.lr = '0.1' AND tags.k = 'v1'", 'aa1'],
    ['metrics.acc > 0.5 AND', 'aa1'],
    ["tags.quotes = 'a''b'", 'aa1'],
    ['tags.quotes = "a\'\'b"', 'aa1'],
    ["tags.`tick``tick` = 'x'", 'aa1'],
    [String.raw`tags.escaped = 'a\'b' AND tags.k = 'v1'`, 'aa1'],
  ])('%s: %s', (filter, ids) => {
    expect(matching(filter)).toBe(ids);
  });

  test.each([
    ['  ', "Invalid filter '  '. Could not be parsed."],
    ['metrics.val/loss = 1', 'Invalid clause'],
    ["metrics.acc > '0.5'", "Expected numeric value type for metric. Found '0.5'"],
    ['params.lr = 0.1', 'Expected a quoted string value for parameter'],
    ["params.lr > '0.1'", "Invalid comparator '>'"],
    ["tags.k IN ('v1','x')", 'Expected a quoted string value for tag'],
    ["status IN ('RUNNING')", "Only the 'run_id' attribute supports comparison with a list"],
    ["run_id IN ('aa1''bb2')", 'Invalid clause'],
    ['run_id IN ()', 'expected a non-empty list of string values'],
    ["start_time > '100'", 'Expected numeric value type'],
    ["dataset.profile = 'x'", "Invalid dataset key 'profile'"],
    ["experiment_id = '1'", "Invalid attribute key 'experiment_id'"],
    ['metrics.acc > 0.5 OR metrics.acc < 1', 'Invalid clause'],
    ['(metrics.acc > 0.5)', 'Invalid clause'],
    ['a; b', 'Search filter contained multiple expression'],
    ["foo.bar = 'x'", "Invalid entity type 'foo'"],
    ['metrics.acc == 0.9', "Invalid comparator '=='"],
    ['metrics.acc <> 0.9', "Invalid comparator '<>'"],
  ])('%s is refused: %s', (filter, message) => {
    expect(() => matching(filter)).toThrow(message);
  });

  test('any text matches or is refused, and nothing else happens', () => {
    const pieces = fc.constantFrom(
      'metrics.',
      'acc',
      ' ',
      '=',
      '>',
      "'x'",
      '"',
      '`',
      'AND',
      'IN',
      '(',
      ')',
      ',',
      '1e3',
      ';',
      'LIKE',
      '%',
      '.',
      'NOT',
      'IS',
      'NULL',
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (filter) => {
        try {
          matching(filter);
        } catch (error) {
          expect(error).toBeInstanceOf(MlflowError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('an order of runs', () => {
  const ordered = (...orderBy: string[]) => {
    const ordering = compileRunSearch(undefined, orderBy).order(RUN_FIELDS);
    return RUNS.toSorted(inOrder(ordering.map(({ key, ascending }) => by(key, ascending))))
      .map(({ info }) => info.runId)
      .join(' ');
  };

  test.each([
    [[], 'bb2 cc3 aa1'],
    [['metrics.acc'], 'cc3 aa1 bb2'],
    [['metrics.acc DESC'], 'aa1 cc3 bb2'],
    [['params.lr DESC'], 'bb2 aa1 cc3'],
    [['start_time'], 'aa1 cc3 bb2'],
    [['metrics.`val/loss`', 'start_time ASC'], 'aa1 cc3 bb2'],
  ])('by %j: %s', (orderBy, ids) => {
    expect(ordered(...orderBy)).toBe(ids);
  });

  test.each([
    ['foo', 'Invalid attribute key'],
    ['metrics.acc foo', 'Invalid ordering key in order_by clause'],
    ['metrics.acc DESC NULLS LAST', 'Could not be parsed'],
    ['dataset.name', "Invalid order_by entity type 'dataset'"],
  ])('%s is refused: %s', (text, message) => {
    expect(() => ordered(text)).toThrow(message);
  });
});
