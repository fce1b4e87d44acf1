import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/entities/run.ts';
import { compareRuns, formatDelta } from '../../../src/views/compareRuns/compareRuns.ts';
import { ALL_ROWS, type ArtifactFacts, type RowChoice } from '../../../src/views/compareRuns/comparison.ts';
import { comparisonMarkdown } from '../../../src/views/compareRuns/markdown.ts';
import { paramsYaml } from '../../../src/views/runYaml.ts';
import { metric, run } from '../sampleRun.ts';

const first = run({
  info: { runId: 'a'.repeat(32), runName: 'bold-wolf' },
  params: { alpha: '0.5', l1_ratio: '0.1' },
  metrics: [metric('rmse', 0.8)],
  tags: { team: 'blue', 'mlflow.user': 'ada' },
});
const second = run({
  info: { runId: 'b'.repeat(32), runName: 'calm-hen' },
  params: { alpha: '0.9', l1_ratio: '0.1' },
  metrics: [metric('rmse', 0.82), metric('mae', 0.5)],
  tags: { team: 'blue', 'mlflow.user': 'ada' },
});

function row(runs: readonly Run[], title: string, key: string, baseline?: string) {
  const section = compareRuns(runs, baseline).sections.find((one) => one.title === title);
  return section?.rows.find((one) => one.key === key);
}

describe('runs side by side', () => {
  test('tell which parameters differ', () => {
    expect(row([first, second], 'Parameters', 'alpha')).toMatchObject({
      differs: true,
      cells: [{ text: '0.5' }, { text: '0.9' }],
    });
    expect(row([first, second], 'Parameters', 'l1_ratio')?.differs).toBe(false);
    const [parameters] = compareRuns([first, second]).sections;
    expect(parameters).toMatchObject({ title: 'Parameters', differing: 1 });
  });

  test('metrics carry their difference from the baseline, which can be chosen', () => {
    expect(row([first, second], 'Metrics', 'rmse')?.cells).toMatchObject([
      { text: '0.8' },
      { text: '0.82', delta: '+2.5 %' },
    ]);
    expect(row([first, second], 'Metrics', 'rmse', second.info.runId)?.cells[0]?.delta).toBe('−2.4 %');
    expect(compareRuns([first, second], 'unknown').baselineId).toBe(first.info.runId);
  });

  test('what a run lacks is missing, and differs', () => {
    expect(row([first, second], 'Metrics', 'mae')).toMatchObject({
      differs: true,
      cells: [{ text: undefined }, { text: '0.5' }],
    });
  });

  test('system tags are folded away', () => {
    const sections = compareRuns([first, second]).sections;
    expect(sections.filter(({ folded }) => folded).map(({ title }) => title)).toEqual(['System tags']);
  });

  test('values that only look equal differ', () => {
    const close = run({ info: { runId: 'c'.repeat(32) }, metrics: [metric('rmse', 0.80000001)] });
    expect(row([first, close], 'Metrics', 'rmse')?.differs).toBe(true);
  });

  test('long values are cut, and differ by what is cut off', () => {
    const [one, other] = ['x', 'y'].map((end, at) => {
      return run({ info: { runId: String(at) }, params: { text: `${'a'.repeat(10_000)}${end}` } });
    });
    const compared = row([one as Run, other as Run], 'Parameters', 'text');
    expect(compared?.differs).toBe(true);
    expect(compared?.cells[0]?.text).toHaveLength(201);
    expect(compared?.cells[0]?.full).toMatch(/^a{2000}… \(10001 characters\)$/);
  });

  test('datasets are told apart by what they are for', () => {
    const used = (digest: string) => ({
      ...run({ info: { runId: digest } }),
      datasetInputs: ['training', 'validation'].map((context) => ({
        dataset: {
          name: 'wine',
          digest: `${digest}-${context}`,
          sourceType: 'local',
          source: '{}',
          schema: undefined,
          profile: undefined,
        },
        tags: new Map([['mlflow.data.context', context]]),
      })),
    });
    expect(row([used('a'), used('b')], 'Datasets', 'wine (validation)')).toMatchObject({
      differs: true,
      cells: [{ text: 'a-validation' }, { text: 'b-validation' }],
    });
  });

  test('become Markdown, only differences where asked, pipes escaped', () => {
    const odd = run({ info: { runId: 'd'.repeat(32), runName: 'a|b' }, params: { alpha: 'x|y', l1_ratio: '0.1' } });
    const text = comparisonMarkdown(compareRuns([first, odd]), true);
    expect(text).toContain('| alpha | 0.5 | x\\|y |');
    expect(text).not.toContain('l1_ratio');
    expect(comparisonMarkdown(compareRuns([first, odd]), false)).toContain('l1_ratio');
  });
});

test.each([
  [0.82, 0.8, '+2.5 %'],
  [0.8, 0.8, undefined],
  [1, undefined, undefined],
  [0.5, 0, '+0.5'],
  [-1, 1, '−200 %'],
  [Number.NaN, 1, undefined],
])('%d against %d is %s', (value, base, delta) => {
  expect(formatDelta(value, base)).toBe(delta);
});

describe('diffs', () => {
  const files = (list: Readonly<Record<string, ArtifactFacts>>) => ({ artifacts: new Map(Object.entries(list)) });
  const [a, b] = [
    run({ info: { runId: 'a' }, params: { alpha: '1' }, tags: { 'mlflow.source.git.commit': 'aaaaaaaa' } }),
    run({ info: { runId: 'b' }, params: { alpha: '2' }, tags: { 'mlflow.source.git.commit': 'bbbbbbbb' } }),
  ];
  const artifacts = new Map([
    [
      'a',
      files({
        'model/MLmodel': { size: 10, digest: '1' },
        'same.txt': { size: 5, digest: '3' },
        'plot.png': { size: 7 },
        'only.txt': { size: 1 },
      }),
    ],
    [
      'b',
      files({
        'model/MLmodel': { size: 10, digest: '2' },
        'same.txt': { size: 5, digest: '3' },
        'plot.png': { size: 8 },
      }),
    ],
  ]);
  const { sections } = compareRuns([a, b], undefined, artifacts);
  const rows = (title: string) => sections.find((section) => section.title === title)?.rows ?? [];

  test('texts that differ have one, and nothing else has', () => {
    expect(rows('Artifacts').map(({ key, differs, diff }) => [key, differs, diff?.kind])).toEqual([
      ['model/MLmodel', true, 'artifact'],
      ['only.txt', true, undefined],
      ['plot.png', true, undefined],
      ['same.txt', false, undefined],
    ]);
  });

  test('parameters and code have one where they differ', () => {
    expect(sections[0]?.diff).toEqual({ kind: 'parameters' });
    expect(sections.find(({ title }) => title === 'Code')?.diff).toEqual({ kind: 'code' });
    const same = compareRuns([a, { ...b, data: a.data }]).sections;
    expect(same[0]?.diff).toBeUndefined();
    expect(same.find(({ title }) => title === 'Code')?.diff).toBeUndefined();
    expect(same.flatMap((section) => section.rows).filter(({ diff }) => diff)).toEqual([]);
  });

  test('parameters are YAML by name', () => {
    const text = paramsYaml(run({ params: { lr: '0.1', alpha: "it's: x", batch: '010' } }));
    expect(text).toBe('alpha: "it\'s: x"\nbatch: "010"\nlr: "0.1"\n');
    expect(paramsYaml(run())).toBe('# no parameters\n');
  });
});

describe('of many rows', () => {
  const keys = Array.from({ length: 500 }, (_, at) => `weight ${String(at).padStart(3, '0')}`);
  const of = (runId: string, by: number) =>
    run({ info: { runId }, metrics: [metric('same', 1), ...keys.map((key, at) => metric(key, at + by))] });
  const metrics = (choice: Partial<RowChoice>) => {
    const { sections } = compareRuns([of('a', 0), of('b', 1)], undefined, new Map(), { ...ALL_ROWS, ...choice });
    return sections.find(({ title }) => title === 'Metrics');
  };

  test('those are told that are asked for, and how many there are', () => {
    expect(metrics({})).toMatchObject({ count: 501, differing: 500, matching: 501 });
    expect(metrics({ onlyDifferences: true })?.matching).toBe(500);
    const limited = metrics({ limit: 10 });
    expect([limited?.rows.length, limited?.matching]).toEqual([10, 501]);
    expect(metrics({ limit: 10, limits: { Metrics: 20 } })?.rows).toHaveLength(20);
    const found = metrics({ filter: ' WEIGHT 49' });
    expect([found?.rows.length, found?.matching, found?.differing]).toEqual([10, 10, 500]);
  });

  test('a section without any row is left out, and one of which none matches is not', () => {
    const titles = compareRuns([of('a', 0), of('b', 1)], undefined, new Map(), { ...ALL_ROWS, filter: 'nothing' });
    expect(titles.sections.map(({ title, rows }) => [title, rows.length])).toEqual([
      ['Metrics', 0],
      ['Run', 0],
    ]);
  });
});
