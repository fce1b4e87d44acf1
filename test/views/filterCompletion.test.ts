import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeFilter } from '../../src/views/filterCompletion.ts';
import { metric, run } from './sampleRun.ts';

const RUNS = [
  run({
    metrics: [metric('rmse', 0.7), metric('val/loss', 1)],
    params: { alpha: '0.5', 'l1 ratio': 'a' },
    tags: { team: "o'hara" },
  }),
  run({ metrics: [metric('rmse', 0.9)], params: { alpha: '0.1' } }),
];

const offered = (text: string) => completeFilter(text, RUNS).map(({ label }) => label);
const first = (text: string) => completeFilter(text, RUNS)[0]?.filter;

describe('a filter goes on with', () => {
  test('the keys of the runs', () => {
    expect(offered('').slice(0, 4)).toEqual([
      'metrics.rmse',
      'metrics.`val/loss`',
      'params.alpha',
      'params.`l1 ratio`',
    ]);
    expect(offered('loss')).toEqual(['metrics.`val/loss`']);
    expect(offered('par')).toEqual(['params.alpha', 'params.`l1 ratio`']);
    expect(first('rms')).toBe('metrics.rmse ');
  });

  test('operators that fit the key', () => {
    expect(offered('metrics.rmse ')).toEqual(['<', '>', '<=', '>=', '=', '!=']);
    expect(offered('params.alpha ')).toEqual(['=', '!=', 'LIKE', 'ILIKE']);
    expect(first('params.alpha ')).toBe('params.alpha = ');
  });

  test('values, in the quotes that they need', () => {
    expect(offered('params.alpha = ')).toEqual(["'0.1'", "'0.5'"]);
    expect(offered("params.alpha = '0.5")).toEqual(["'0.5'"]);
    expect(offered('tags.team = ')).toEqual([`"o'hara"`]);
    expect(offered('attributes.status = fin')).toEqual(["'FINISHED'"]);
    expect(offered('metrics.rmse < ')).toEqual(['0.7', '0.9']);
  });

  test('another condition, and the same again', () => {
    expect(first('metrics.rmse < 1 ')).toBe('metrics.rmse < 1 and ');
    expect(first("metrics.rmse < 1 and params.alpha = '0.5' and te")).toBe(
      "metrics.rmse < 1 and params.alpha = '0.5' and tags.team ",
    );
    expect(offered('metrics.`val/loss` < 1 and params.`l1 ratio` ')).toEqual(['=', '!=', 'LIKE', 'ILIKE']);
  });
});

test('whatever is typed stays, and is answered at once', () => {
  const piece = fc.constantFrom('metrics.rmse', ' ', '<', '=', "'", '"', '`', ' and ', 'params.', '0.5', 'x');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const start = performance.now();
      completeFilter(text, RUNS);
      return performance.now() - start < 200;
    }),
    { numRuns: 500 },
  );
});
