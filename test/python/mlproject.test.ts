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

const scalar = oneOf(
  'float',
  'string',
  'path',
  'uri',
  'int',
  '',
  '~',
  'null',
  'no',
  '0',
  '1e-3',
  '010',
  '2024-01-01',
  '"x"',
  "''",
  '{}',
  '[]',
  '[a]',
  '[[A, b], C]',
  '[[A]]',
  '{type: float}',
  '{type:float, default:0.1}',
  '{type: float, default: 0.1}',
  '{type: int, default: }',
  '{default: 1}',
  '{type: 3, default: [1]}',
);
const command = oneOf(
  'python x.py',
  '"python x.py {a}"',
  "'x {a} {b-c}'",
  'x {a!s:>10} {{b}}',
  'x {a:.3f}',
  'x {a.b}',
  'x {a[0]}',
  'echo ${HOME}',
  'echo ${{HOME}} {no}',
  'echo }',
  'echo {',
  'echo {}',
  'echo {0}',
  'echo {a!x}',
  'echo {a!}',
  'echo {a:{b-c}}',
  '"x \\"{a}\\""',
  '3',
  'true',
  '',
  '[a]',
);
const parameter = fc
  .tuple(oneOf('a', 'b-c', 'no', '1', '"2"', 'a', 'x.y', 'yes'), scalar)
  .map(([k, v]) => `${k}: ${v}`);
const parameters = oneOf('', '~', '{}', '[]', 'text').map((value) => `    parameters: ${value}\n`);
const lines = fc.array(parameter, { minLength: 1, maxLength: 3 }).map((list) => {
  return `    parameters:\n${list.map((line) => `      ${line}\n`).join('')}`;
});
const entryPoint = fc
  .tuple(
    oneOf('main', 'other', 'yes', '12', 'command', '"a b"'),
    fc.option(fc.oneof({ weight: 5, arbitrary: lines }, parameters), { nil: '' }),
    fc.option(command, { nil: undefined, freq: 9 }),
  )
  .map(([name, given, run]) => `  ${name}:\n${given}${run === undefined ? '' : `    command: ${run}\n`}`);
const environment = oneOf(
  'python_env: python_env.yaml\n',
  'conda_env: conda.yaml\n',
  'python_env: none.yaml\n',
  'conda_env:\n',
  'python_env: 3\n',
  'docker_env: text\n',
  'docker_env: {}\n',
  'docker_env: {image: ""}\n',
  'docker_env:\n  image: x\n',
  'docker_env:\n  image: x\n  volumes: [/a:/a]\n  environment: [[A, b], C]\n',
  'docker_env:\n  image: x\n  volumes: /a:/a\n',
  'docker_env:\n  image: x\n  volumes: [1]\n',
  'docker_env:\n  image: x\n  environment: [[A, b, c]]\n',
  'docker_env:\n  image: x\n  environment: {A: b}\n',
  'docker_env:\n  volumes: [/a:/a]\n',
);
const top = oneOf(
  'name: x\n',
  'name: 42\n',
  'author: me\n',
  '# note\n',
  'name: "x\n',
  'a: *b\n',
  '\tx: 1\n',
  '{{x}}: 1\n',
);
const spark = oneOf(
  'databricks_spark_job: {python_file: a.py}\n',
  'databricks_spark_job:\n',
  'databricks_spark_job: {}\n',
  'databricks_spark_job: text\n',
);
/** In so many of a hundred projects. */
const some = (share: number, arbitrary: fc.Arbitrary<string>) =>
  fc.oneof({ weight: share, arbitrary }, { weight: 100 - share, arbitrary: fc.constant('') });
const entryPoints = fc.oneof(
  { weight: 9, arbitrary: fc.array(entryPoint, { maxLength: 2 }).map((list) => `entry_points:\n${list.join('')}`) },
  oneOf('entry_points: {}\n', 'entry_points: []\n', 'entry_points: text\n', ''),
);
const project = fc
  .tuple(some(30, top), some(40, environment), some(10, environment), entryPoints, some(5, spark), some(8, top))
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
      expect(judged.filter((error) => error === null).length).toBeGreaterThan(texts.length / 20);
    },
    300_000,
  );
});
