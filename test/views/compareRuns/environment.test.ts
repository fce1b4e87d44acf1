import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../../src/views/compareRuns/compareRuns.ts';
import type { ArtifactFacts, ComparisonSection } from '../../../src/views/compareRuns/comparison.ts';
import { parseConda, parsePythonVersion, parseRequirements } from '../../../src/views/compareRuns/requirements.ts';
import { run } from '../sampleRun.ts';

describe('packages of a requirements.txt', () => {
  test.each([
    ['mlflow==3.1.0', 'mlflow', '3.1.0'],
    ['scikit_Learn >= 1.4, <2 # pinned', 'scikit-learn', '>= 1.4, <2'],
    ['torch[cuda]==2.3.0+cu121 ; python_version > "3.9"', 'torch', '2.3.0+cu121'],
    ['numpy', 'numpy', 'any'],
    ['pandas==2.*', 'pandas', '==2.*'],
    ['own @ https://example.org/own.whl', 'own', '@ https://example.org/own.whl'],
  ])('%s', (line, name, version) => {
    expect([...parseRequirements(line)]).toEqual([[name, version]]);
  });

  test('leave out options, comments and empty lines', () => {
    expect([...parseRequirements('# all\n\n--index-url https://example.org\n-r other.txt\n  \nmlflow\r\n')]).toEqual([
      ['mlflow', 'any'],
    ]);
  });
});

test('packages of a conda.yaml are those of conda and of pip', () => {
  const text =
    "channels:\n- conda-forge\ndependencies:\n- python=3.10.12\n- pip<=23\n- numpy=1.26=py310_0\n- pip:\n  - mlflow==3.1.0\n  - 'torch>=2'\nname: env\n";
  expect([...parseConda(text)]).toEqual([
    ['python', '3.10.12'],
    ['pip', '<=23'],
    ['numpy', '1.26'],
    ['mlflow', '3.1.0'],
    ['torch', '>=2'],
  ]);
});

test('a python_env.yaml tells its Python', () => {
  expect(parsePythonVersion('python: 3.10.12\nbuild_dependencies:\n- pip\n')).toBe('3.10.12');
  expect(parsePythonVersion('dependencies:\n- x\n')).toBeUndefined();
});

describe('the environments of runs', () => {
  const facts = (text: string, path = 'model/requirements.txt') => {
    return { artifacts: new Map<string, ArtifactFacts>([[path, { size: text.length, text }]]) };
  };
  const runs = ['a', 'b', 'c', 'd'].map((runId) => run({ info: { runId } }));
  const { sections } = compareRuns(
    runs,
    'a',
    new Map([
      ['a', facts('mlflow==3.1\nnumpy==2.0\n')],
      ['b', facts('mlflow==3.1\nnumpy==2.0\n')],
      ['c', facts('mlflow==3.2\nnumpy==2.0\npandas\n')],
    ]),
  );
  const environment = sections.find(({ title }) => title === 'Environment') as ComparisonSection;
  const texts = (key: string) => environment.rows.find((row) => row.key === key)?.cells.map(({ text }) => text);

  test('are told in a few words, counted from the baseline', () => {
    expect(environment.summary?.map(({ text }) => text)).toEqual([
      '2 packages',
      '= same',
      '2 packages differ',
      undefined,
    ]);
  });

  test('stand side by side by package', () => {
    expect(texts('mlflow')).toEqual(['3.1', '3.1', '3.2', undefined]);
    expect(texts('pandas')).toEqual([undefined, undefined, 'any', undefined]);
    expect(texts('requirements.txt')).toEqual([
      'model/requirements.txt',
      '= same',
      'model/requirements.txt',
      undefined,
    ]);
  });

  test('open as diff where the files have one path', () => {
    const [first, second] = runs.slice(0, 2);
    const compared = (other: string, path?: string) => {
      const both = new Map([
        ['a', facts('mlflow==3.1\n')],
        ['b', facts(other, path)],
      ]);
      const found = compareRuns([first, second] as typeof runs, 'a', both).sections;
      return found.find(({ title }) => title === 'Environment')?.rows.find(({ key }) => key === 'requirements.txt')
        ?.diff;
    };
    expect(compared('mlflow==3.2\n')).toEqual({ kind: 'artifact', path: 'model/requirements.txt' });
    expect(compared('mlflow==3.1\n')).toBeUndefined();
    expect(compared('mlflow==3.2\n', 'other/requirements.txt')).toBeUndefined();
  });
});
