import { expect, test } from 'vitest';
import { validateParameter } from '../../src/mlproject/parameterValue.ts';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { checkRunForm, runForm } from '../../src/views/runForm.ts';

function entryPoint() {
  const { project } = parseProject(
    'entry_points:\n  main:\n    parameters:\n      alpha: {type: float, default: 0.5, description: Strength}\n      data: path\n    command: "x {alpha} {data} {{y}}"\n',
  );
  const [found] = project.entryPoints;
  if (!found) throw new Error('the project has an entry point');
  return found;
}

test('the form has a field a parameter, with its default', () => {
  expect(runForm('wine', entryPoint())).toEqual({
    projectName: 'wine',
    entryPoint: 'main',
    fields: [
      { name: 'alpha', type: 'float', value: '0.5', required: false, description: 'Strength' },
      { name: 'data', type: 'path', value: '', required: true, description: undefined },
    ],
  });
});

test('a required value is asked for, and the preview shows what is there', () => {
  expect(checkRunForm(entryPoint(), { alpha: '0.3', data: '' }, validateParameter)).toEqual({
    errors: { data: 'A value is required.' },
    preview: 'x 0.3 {data} {y}',
  });
});

test('a value that does not fit its type is named', () => {
  const { errors } = checkRunForm(entryPoint(), { alpha: 'much', data: 'a.csv' }, validateParameter);
  expect(errors.alpha).toContain('no number');
});

test('an emptied field means the default', () => {
  expect(checkRunForm(entryPoint(), { alpha: '', data: 'a.csv' }, validateParameter).errors).toEqual({});
});
