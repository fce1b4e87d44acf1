import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { main, problemsOf } from './codes.ts';

describe('what a project says', () => {
  test('name, environment, entry points, parameters and command are read', () => {
    const { project, problems } = parseProject(`name: my project
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      data: path
      lr: {type: float, default: 0.1, description: Learning rate}
      epochs:
        type: float
        default: 10
    command: "python train.py --data {data} --lr {lr} --epochs {epochs}"
  validate:
    command: python validate.py
`);
    expect(problems).toEqual([]);
    expect(project).toMatchObject({
      name: 'my project',
      environment: { kind: 'python_env', path: { value: 'python_env.yaml' } },
      entryPoints: [
        {
          name: 'main',
          parameters: [
            { name: 'data', type: 'path', default: undefined },
            { name: 'lr', type: 'float', default: '0.1', description: 'Learning rate' },
            { name: 'epochs', type: 'float', default: '10' },
          ],
          command: { placeholders: [{ name: 'data' }, { name: 'lr' }, { name: 'epochs' }] },
        },
        { name: 'validate', parameters: [], command: { text: 'python validate.py', placeholders: [] } },
      ],
    });
  });

  test('ranges point at the text of the file, also in block scalars', () => {
    const text = main('parameters: {run: string}', 'command: |', '  python prep.py &&', '  python validate.py {run}');
    const [entryPoint] = parseProject(text).project.entryPoints;
    const placeholder = entryPoint?.command?.placeholders[0];
    expect(text.slice(placeholder?.range.start, placeholder?.range.end)).toBe('run');
    expect(text.slice(entryPoint?.nameRange.start, entryPoint?.nameRange.end)).toBe('main');
  });

  test.each([
    ['true', 'True'],
    ['no', 'False'],
    ['010', '8'],
    ['1_000', '1000'],
    ['1e5', '1e5'],
    ['1.5e+3', '1500.0'],
    ['.5', '0.5'],
    ['2024-01-01', '2024-01-01'],
    ['"010"', '010'],
    ['null', undefined],
    ['~', undefined],
  ])('the default %s reaches the command as %s', (written, passed) => {
    const { project } = parseProject(main(`parameters: {a: {type: string, default: ${written}}}`, 'command: x {a}'));
    expect(project.entryPoints[0]?.parameters[0]?.default).toBe(passed);
  });

  test('everything after a broken line is still read', () => {
    const { project } = parseProject(`name: "open\nentry_points:\n  main:\n    command: x\n`);
    expect(project.entryPoints.length).toBeLessThanOrEqual(1);
    const typing = parseProject('name: x\nentry_points:\n  main:\n    comm\n  other:\n    command: y\n');
    expect(typing.project.entryPoints.map(({ name }) => name)).toContain('other');
  });
});

describe('what is wrong with a project', () => {
  test.each([
    ['', 'empty-file: '],
    ['# nothing\n', 'empty-file: # nothing\n'],
    ['- a\n', 'not-a-mapping: -'],
    ['name: x\nname: y\n', 'duplicate-key: name'],
    ['entrypoints: {}\n', 'misspelt-key: entrypoints'],
    ['python-env: a.yaml\n', 'misspelt-key: python-env'],
    ['author: me\n', 'unknown-key: author'],
    ['entry_points:\n', 'entry-points-empty: entry_points'],
    ['entry_points: text\n', 'wrong-type: entry_points'],
    ['python_env: a.yaml\nconda_env: b.yaml\n', 'multiple-environments: conda_env'],
    ['conda_env:\n', 'environment-without-value: conda_env'],
    ['name: x\ndocker_env: {volumes: []}\n', 'docker-image-missing: docker_env'],
    ['docker_env: {image: x}\n', 'project-name-missing: docker_env'],
    ['name: x\ndocker_env: text\n', 'wrong-type: docker_env'],
    ['name: x\n---\nname: y\n', 'yaml-syntax: -'],
    ['entry_points:\n  main:\n', 'command-missing: main'],
  ])('%j: %s', (text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  test.each([
    [['command: x {lr}'], 'undeclared-parameter: lr'],
    [['parameters: {lr: float}', 'command: x {rl}'], 'undeclared-parameter: rl'],
    [['command: "awk \'{print $1}\'"'], 'undeclared-parameter: print $1'],
    [['command: echo ${HOME}'], 'undeclared-parameter: HOME'],
    [['command: echo }'], 'stray-brace: }'],
    [['command: echo {a'], 'stray-brace: {'],
    [['command: echo {}'], 'placeholder-format: {}'],
    [['parameters: {lr: float}', 'command: "x {lr:.3f}"'], 'placeholder-format: {lr:.3f}'],
    [['parameters: {lr: float}', 'command: "x {lr.real}"'], 'placeholder-format: {lr.real}'],
    [['parameters: {s: string}', `command: "x '{s}' y"`], `quoted-placeholder: '{s}'`],
    [['parameters: {lr: float}', 'command: x'], 'unused-parameter: lr'],
    [['parameters:', 'command: x'], 'wrong-type: parameters'],
    [['parameters: {no: float}', 'command: x'], 'parameter-name: no'],
    [['parameters: {a: flaot}', 'command: x {a}'], 'unknown-type: flaot'],
    [['parameters: {a: {type: float, default: abc}}', 'command: x {a}'], 'default-does-not-fit: abc'],
    [['parameters: {a: {type: uri, default: data}}', 'command: x {a}'], 'default-does-not-fit: data'],
    [['parameters: {a: {type: string, default: 010}}', 'command: x {a}'], 'surprising-default: 010'],
    [['parameters: {a: {type: string, defualt: 1}}', 'command: x {a}'], 'misspelt-key: defualt'],
    [['comand: x'], 'misspelt-key: comand'],
  ])('%j: %s', (lines, problem) => {
    expect(problemsOf(main(...lines))).toContain(problem);
  });

  test('a syntax error is one problem at its place', () => {
    const text = 'name: x\nentry_points: [\n';
    const syntax = parseProject(text).problems.filter(({ code }) => code === 'yaml-syntax');
    expect(syntax).toMatchObject([{ severity: 'error', range: { start: text.length } }]);
  });
});

describe('what nothing is wrong with', () => {
  test.each([
    ['informal types', main('parameters: {n: {type: int, default: 9}, s: str, b: bool}', 'command: x {n} {s} {b}')],
    [
      'float defaults of any look',
      main('parameters: {a: {type: float, default: 1e-3}, b: {type: float, default: .5}}', 'command: x {a} {b}'),
    ],
    ['integers for floats', main('parameters: {a: {type: float, default: 9}}', 'command: x {a}')],
    ['literal braces', main('command: "echo {{literal}} ${{HOME}}"')],
    ['conversions and alignment', main('parameters: {x: string}', 'command: "y {x!s} {x:>10} {x[0]}"')],
    ['command substitution', main('parameters: {x: string}', 'command: y $(echo {x})')],
    ['hyphenated names', main('parameters: {batch-size: float}', 'command: y {batch-size}')],
    ['spaces before colons', main('parameters:', '  epochs : { type : int }', 'command : y {epochs}')],
    ['a number as name', 'name: 42\nentry_points: {main: {command: x}}\n'],
    ['JSON', '{"name": "x", "entry_points": {"main": {"command": "python x.py"}}}'],
    ['a byte order mark', `\ufeff${main('command: x')}`],
    ['%YAML 1.1', `%YAML 1.1\n---\n${main('command: x')}`],
    ['no entry points at all', 'name: x\n'],
  ])('%s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  test('anchors and merged keys', () => {
    const text = `entry_points:\n  main: &base\n    parameters: {a: float}\n    command: x {a}\n  other:\n    <<: *base\n`;
    expect(parseProject(text).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('what nobody wrote by hand', () => {
  const pieces = fc.constantFrom(
    'name',
    ': ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '{a}',
    'entry_points:',
    'main:',
    'command:',
    '&a ',
    '*a',
    '"',
    "'",
    '|',
    '\t',
    '<<: ',
    '? ',
    '%',
  );
  test('any text gives a project and problems within its bounds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.array(pieces, { maxLength: 30 }).map((p) => p.join('')),
        ),
        (text) => {
          const { problems } = parseProject(text);
          return problems.every(
            ({ range }) => range.start >= 0 && range.end <= text.length && range.start <= range.end,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test('nesting without end and entity bombs are answered at once', () => {
    const bomb = `a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: &d [*c, *c, *c]\nentry_points: *d\n`;
    const started = Date.now();
    for (const text of ['['.repeat(20_000), '{a: '.repeat(20_000), bomb]) {
      expect(parseProject(text).problems.length).toBeLessThanOrEqual(100);
    }
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});
