import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { checkProject } from '../../src/mlproject/checkProject.ts';
import type { ProjectFiles } from '../../src/mlproject/projectFiles.ts';
import { hasPython, MLFLOW_VERSIONS, runProgram } from './environments.ts';

const TEXTS = Number(process.env.PROJECTS ?? 600);
const SEED = Number(process.env.PROJECTS_SEED ?? 1);

const files: ProjectFiles = {
  exists: (file) => file === 'python_env.yaml' || file === 'conda.yaml',
  read: () => undefined,
  list: () => [],
};

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

/** Most of the time one of the first, so that whole projects are often good. */
const mostly = (good: readonly string[], odd: readonly string[]) =>
  fc.oneof({ weight: 20, arbitrary: oneOf(...good) }, { weight: 1, arbitrary: oneOf(...odd) });
/** In so many of a hundred projects. */
const some = (share: number, arbitrary: fc.Arbitrary<string>) =>
  fc.oneof({ weight: share, arbitrary }, { weight: 100 - share, arbitrary: fc.constant('') });

const scalar = mostly(
  [
    ...['float', 'string', 'path', 'uri', 'int', '"x"', "''", '{}', '{type: float}', '{default: 1}', '1e-3'],
    ...['{type: float, default: 0.1}', '{type: int, default: }', '{type: bool, default: no}', '{default: 010}'],
    ...['{type:float, default:0.1}', '{type: 3, default: [1]}', '{type: string, default: 2024-01-01}'],
    ...['{type: float, default: abc}', '{type: float, defualt: 1}', '{default: {a: 1}, description: x}'],
  ],
  ['', '~', 'null', 'no', '0', '010', '2024-01-01', '[]', '[a]', '[[A]]'],
);
const command = mostly(
  [
    ...['python x.py', '"python x.py {a}"', "'x {a} {b-c}'", 'x {a!s:>10} {{b}}', 'x {a[0]}', 'echo ${{HOME}}'],
    ...[
      '"x \\"{a}\\""',
      "x '{a}'",

      '"x \\\n      y {a}"',
      '|\n      x {a}\n      y',
      '>-\n      x\n      {a}',
    ],
  ],
  [
    ...[
      'x {a:.3f}',
      'x {a.b}',
      'echo ${HOME} {no}',
      'echo }',
      'echo {',
      'echo {}',
      'echo {0}',
      'echo {a!x}',
      'echo {a!}',
    ],
    ...['3', 'true', '', '[a]', 'x {nobody}'],
  ],
);
const name = mostly(['b-c', 'd', '"2"', 'a', 'e_f'], ['no', '12', 'x.y', 'yes']);
const parameter = fc.tuple(name, scalar).map(([key, value]) => `${key}: ${value}`);
const oddParameters = oneOf('', '~', '{}', '[]', 'text').map((value) => `    parameters: ${value}\n`);
/** The commands have placeholders for these, as a rule. */
const usual = mostly(
  ['      a: float\n      b-c: {default: 1}\n', '      b-c: string\n      a: {type: float, default: 1}\n'],
  [''],
);
const parameterLines = fc.tuple(usual, fc.array(parameter, { minLength: 1, maxLength: 2 })).map(([own, list]) => {
  return `    parameters:\n${own}${list.map((line) => `      ${line}\n`).join('')}`;
});
const entryPoint = fc
  .tuple(
    mostly(['main', 'other', '"a b"'], ['yes', '12', 'command']),
    fc.oneof({ weight: 20, arbitrary: parameterLines }, oddParameters),
    fc.option(command, { nil: undefined, freq: 20 }),
  )
  .map(([key, given, run]) => `  ${key}:\n${given}${run === undefined ? '' : `    command: ${run}\n`}`);
const environment = mostly(
  [
    ...['python_env: python_env.yaml\n', 'conda_env: conda.yaml\n', 'conda_env:\n', 'docker_env: {}\n'],
    ...[
      'name: y\ndocker_env:\n  image: x\n  volumes: [/a:/a]\n  environment: [[A, b], C]\n',
      'name: y\ndocker_env:\n  image: x\n  environment: [[A, b, c], [B, 1]]\n',
    ],
  ],
  [
    ...['python_env: none.yaml\n', 'python_env: 3\n', 'docker_env: text\n', 'docker_env: {image: ""}\n'],
    ...[
      'docker_env:\n  image: x\n',
      'docker_env:\n  image: x\n  volumes: /a:/a\n',
      'docker_env:\n  volumes: [/a:/a]\n',
    ],
    ...[
      'name: y\ndocker_env:\n  image: x\n  volumes: [1]\n',
      'name: y\ndocker_env:\n  image: x\n  environment: {A: b}\n',
    ],
    ...[
      'name: y\ndocker_env:\n  image: x\n  environment: [[A]]\n',
      'name: y\ndocker_env:\n  image: x\n  environment: [1]\n',
      'python_env: a\nconda_env: b\n',
    ],
  ],
);
const top = mostly(
  ['name: x\n', 'name: 42\n', 'author: me\n', '# note\n', '\n', '? name\n: x\n', '"name": x\n'],
  ['name: "x\n', 'a: *b\n', '\tx: 1\n', '{{x}}: 1\n', 'x: 1\t# y\n', '---\na: 1\n---\n'],
);
const spark = oneOf(
  'databricks_spark_job: {python_file: a.py}\n',
  'databricks_spark_job:\n',
  'databricks_spark_job: {}\n',
  'databricks_spark_job: text\n',
);
const entryPoints = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.array(entryPoint, { minLength: 1, maxLength: 2 }).map((list) => `entry_points:\n${list.join('')}`),
  },
  oneOf('entry_points: {}\n', 'entry_points: []\n', 'entry_points: text\n', 'entry_points:\n', ''),
);
const project = fc
  .tuple(some(30, top), some(40, environment), some(3, environment), entryPoints, some(4, spark), some(10, top))
  .map((parts) => parts.join(''));

describe.skipIf(!hasPython())('MLproject files as MLflow judges them', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'projects-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test.each(MLFLOW_VERSIONS)(
    'an error is what MLflow %s refuses, and nothing else',
    async (version) => {
      const texts = [...new Set(fc.sample(project, { numRuns: TEXTS, seed: SEED }))];
      const file = path.join(folder, `${version}.json`);
      fs.writeFileSync(file, JSON.stringify(texts));
      const judged = (await runProgram(version, 'judge_projects.py', [file])) as (string | null)[];
      const wrong = texts.flatMap((text, at) => {
        const { problems } = checkProject(text, files);
        const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
        return errors.length > 0 === (judged[at] !== null) ? [] : [{ text, errors, mlflow: judged[at] }];
      });
      expect(wrong).toEqual([]);
      expect(judged.filter((error) => error === null).length).toBeGreaterThan(texts.length / 4);
    },
    300_000,
  );
});
