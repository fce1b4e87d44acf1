import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Program } from './program.ts';

const GOOD = 'name: x\nentry_points:\n  main:\n    command: echo hello\n';
const BAD = 'name: x\npython_env: python_env.yaml\nentry_points:\n  main:\n    command: echo {lr}, {{x}}\n';

let program: Program;

beforeAll(() => {
  program = new Program();
  const files: Record<string, string> = {
    'good/MLproject': GOOD,
    'bad/mlproject': BAD,
    'bad/python_env.yaml': 'python: 3.10\n',
    'noted/MLproject': `author: me, 100%\n${GOOD}`,
    'node_modules/x/MLproject': BAD,
    'bad/.venv/MLproject': BAD,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(program.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
});

afterAll(() => program.end());

const PROBLEMS = [
  { file: 'bad/mlproject', line: 5, column: 20, severity: 'error', code: 'undeclared-parameter' },
  { file: 'bad/python_env.yaml', line: 1, column: 9, severity: 'error', code: 'python-version' },
];

describe('check', () => {
  test('tells every problem with its place, and ends with 1 where there is an error', async () => {
    const { code, out } = await program.run('check');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^bad\/mlproject:5:20: error: 'lr' .+ \[undeclared-parameter\]$/),
      expect.stringMatching(/^bad\/python_env\.yaml:1:9: error: .+ \[python-version\]$/),
      expect.stringMatching(/^noted\/MLproject:1:1: information: .+ \[unknown-key\]$/),
      '3 files checked: 3 problems, 2 errors',
      '',
    ]);
  });

  test('ends with 0 without one', async () => {
    expect(await program.run('check', 'good', 'noted/MLproject')).toMatchObject({ code: 0 });
    expect((await program.run('check', 'good')).out).toBe('1 file checked: no problems\n');
  });

  test('json has what a program needs', async () => {
    const { code, out } = await program.run('check', 'bad', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(PROBLEMS.map((problem) => ({ ...problem, message: expect.any(String) })));
    expect(Object.keys(JSON.parse(out)[0])).toEqual(['file', 'line', 'column', 'severity', 'code', 'message']);
  });

  test('github annotates, with what has to be escaped', async () => {
    const { out } = await program.run('check', 'noted', '--format=github');
    expect(out).toBe(
      "::notice file=noted/MLproject,line=1,col=1,title=unknown-key::MLflow ignores 'author' in an MLproject file.\n",
    );
  });

  test('sarif names rules and places', async () => {
    const { out } = await program.run('check', 'bad', '--format', 'sarif');
    const log = JSON.parse(out);
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'mlflow-workbench' } } }] });
    const [{ results, tool }] = log.runs;
    expect(results).toMatchObject(
      PROBLEMS.map(({ file, line, column, code }) => ({
        ruleId: code,
        level: 'error',
        locations: [
          { physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line, startColumn: column } } },
        ],
      })),
    );
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  test('a file of an environment can be checked by itself', async () => {
    expect((await program.run('check', 'bad/python_env.yaml')).out).toContain('[python-version]');
  });

  test('rules count as they are told to', async () => {
    const rules = ['--rule', 'undeclared-parameter=warning', '--rule', 'python-version=off'];
    const { code, out } = await program.run('check', 'bad', ...rules);
    expect([code, out]).toEqual([0, expect.stringMatching(/: warning: .+\n1 file checked: 1 problem, 0 errors\n$/)]);
  });

  test.each([
    [['nowhere'], "There is no file or folder 'nowhere'"],
    [['--format', 'xml'], "There is no format 'xml'"],
    [['--rule', 'nothing=off'], "There is no rule 'nothing'"],
    [['--rule', 'unknown-key=loud'], 'take error, warning, information, hint or off'],
    [['--nothing'], "Unknown option '--nothing'"],
  ])('%j ends with 2', async (args, message) => {
    const { code, err } = await program.run('check', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
