import { describe, expect, test } from 'vitest';
import { validateParameter } from '../../src/mlproject/parameterValue.ts';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { quotePosix } from '../../src/runner/command/shellQuote.ts';
import { expandValues } from '../../src/runner/sweepValues.ts';
import {
  checkRunForm,
  fitInput,
  isRunnable,
  type RunFormInput,
  runForm,
  withoutDefaults,
} from '../../src/views/runForm.ts';
import { booleanChoices, fieldControl } from '../../src/views/runFormControl.ts';

const RULES = { validate: validateParameter, expand: expandValues, quote: quotePosix };

function entryPoint() {
  const { project } = parseProject(
    'entry_points:\n  main:\n    parameters:\n      alpha: {type: float, default: 0.5, description: Strength}\n      data: path\n      fast: {type: bool, default: true}\n    command: "x {alpha} {data} {{y}} {fast}"\n',
  );
  const [found] = project.entryPoints;
  if (!found) throw new Error('the project has an entry point');
  return found;
}

function input(values: Readonly<Record<string, string>>, more: Partial<RunFormInput> = {}): RunFormInput {
  return { values, swept: [], runName: '', experiment: '', jobs: '1', ...more };
}

function check(values: Readonly<Record<string, string>>, more: Partial<RunFormInput> = {}) {
  return checkRunForm(entryPoint(), input(values, more), RULES);
}

describe('the form', () => {
  test('has a field a parameter, with its default', () => {
    const form = runForm('wine', entryPoint());
    expect(form.fields).toEqual([
      { name: 'alpha', type: 'float', control: 'number', choices: [], default: '0.5', description: 'Strength' },
      { name: 'data', type: 'path', control: 'path', choices: [], default: undefined, description: undefined },
      {
        name: 'fast',
        type: 'bool',
        control: 'choice',
        choices: ['True', 'False'],
        default: 'True',
        description: undefined,
      },
    ]);
    expect(form.input).toEqual(input({ alpha: '0.5', data: '', fast: 'True' }));
    expect(form.lastUsed).toBeUndefined();
  });

  test('begins with what was used last, as far as there is such a parameter', () => {
    const lastUsed = input({ alpha: '1', gone: 'x' }, { swept: ['gone', 'alpha'], experiment: 'e' });
    const form = runForm('wine', entryPoint(), { lastUsed, presets: [{ name: 'p', input: lastUsed }] });
    const fitted = input({ alpha: '1', data: '', fast: 'True' }, { swept: ['alpha'], experiment: 'e' });
    expect([form.input, form.lastUsed, form.presets[0]?.input]).toEqual([fitted, fitted, fitted]);
  });

  test('remembers of an input what is not the default anyway', () => {
    const used = withoutDefaults(entryPoint(), input({ alpha: '0.5', data: 'x.csv', fast: '' }, { experiment: 'e' }));
    expect(used).toEqual(input({ data: 'x.csv' }, { experiment: 'e' }));
    expect(fitInput(entryPoint(), used).values).toEqual({ alpha: '0.5', data: 'x.csv', fast: 'True' });
  });

  test('keeps to the names of parameters, whatever they are', () => {
    const { project } = parseProject(
      'entry_points:\n  main:\n    parameters: {constructor: string}\n    command: "x"\n',
    );
    const [main] = project.entryPoints;
    expect(main && fitInput(main, input({})).values).toEqual({ constructor: '' });
  });

  test.each([
    ['float', 'number'],
    ['number', 'number'],
    ['int', 'number'],
    ['integer', 'number'],
    ['bool', 'choice'],
    ['Boolean', 'choice'],
    ['path', 'path'],
    ['uri', 'text'],
    ['string', 'text'],
    ['list[int]', 'text'],
  ])('enters %s as %s', (type, control) => {
    expect(fieldControl(type)).toBe(control);
  });

  test.each([
    ['True', ['True', 'False']],
    ['false', ['true', 'false']],
    ['0', ['1', '0']],
    [undefined, ['True', 'False']],
    ['maybe', ['maybe', 'True', 'False']],
  ])('spells both values as the default %s', (spelled, choices) => {
    expect(booleanChoices(spelled)).toEqual(choices);
  });
});

describe('what is said while one types', () => {
  test('a required value is asked for, and the preview shows what is there', () => {
    const checked = check({ alpha: '0.3', data: '', fast: 'False' });
    expect(checked).toEqual({
      errors: { data: 'A value is required.' },
      sweeps: {},
      jobsError: undefined,
      preview: 'x 0.3 {data} {y} False',
      runs: 1,
    });
    expect(isRunnable(checked)).toBe(false);
  });

  test('a value that does not fit its type is named', () => {
    expect(check({ alpha: 'much', data: 'a.csv' }).errors.alpha).toContain('no number');
  });

  test('an emptied field means the default', () => {
    const checked = check({ alpha: '', data: 'a.csv' });
    expect(checked).toMatchObject({ errors: {}, preview: 'x 0.5 a.csv {y} True' });
    expect(isRunnable(checked)).toBe(true);
  });

  test('a sweep has a run for each combination, and the preview shows the first', () => {
    const values = { alpha: '0.1..0.3 step 0.1', data: 'a.csv', fast: 'True, False' };
    expect(check(values, { swept: ['alpha', 'fast'], jobs: '2' })).toEqual({
      errors: {},
      sweeps: { alpha: '3 values: 0.1, 0.2, 0.3', fast: '2 values' },
      jobsError: undefined,
      preview: 'x 0.1 a.csv {y} True',
      runs: 6,
    });
  });

  test('long sweeps are not listed whole', () => {
    const { sweeps } = check({ alpha: '1..100', data: 'y, x' }, { swept: ['alpha', 'data'] });
    expect(sweeps).toEqual({ alpha: '100 values: 1, 2, 3, 4, 5, 6, 7, 8, …', data: '2 values' });
  });

  test('commas are part of a value that is not swept', () => {
    expect(check({ alpha: '1', data: 'a, b' })).toMatchObject({ errors: {}, runs: 1, preview: "x 1 'a, b' {y} True" });
  });

  test.each([
    ['0.1, much', "'much' is no number"],
    ['1,', 'A value is missing'],
    ['', 'Values are required'],
    ['1..10 step 0', 'does not lead'],
  ])('a sweep over %j is refused', (alpha, message) => {
    expect(check({ alpha, data: 'x' }, { swept: ['alpha'] }).errors.alpha).toContain(message);
  });

  test.each(['', '0', '1.5', 'two', '-1'])('%j runs at a time are refused, but only for a sweep', (jobs) => {
    const sweep = check({ alpha: '1, 2', data: 'x' }, { swept: ['alpha'], jobs });
    expect([sweep.jobsError, isRunnable(sweep)]).toEqual(['A whole number from 1 on.', false]);
    expect(check({ alpha: '1', data: 'x' }, { jobs }).jobsError).toBeUndefined();
  });
});
