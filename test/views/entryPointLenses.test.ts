import { expect, test } from 'vitest';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { entryPointLenses, parameterSummary } from '../../src/views/entryPointLenses.ts';

const TEXT = `name: elasticnet
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: path
    command: "python train.py {alpha} {data}"
  evaluate:
    command: "python evaluate.py"
  broken:
    parameters: {}
`;

test('every entry point with a command gets a lens at its name', () => {
  const lenses = entryPointLenses(parseProject(TEXT).project);
  expect(lenses.map(({ entryPoint, offset }) => [entryPoint, TEXT.slice(offset).split(':')[0]])).toEqual([
    ['main', 'main'],
    ['evaluate', 'evaluate'],
  ]);
  expect(lenses[0]?.tooltip).toContain('asks for alpha, data first');
  expect(lenses[1]?.tooltip).not.toContain('asks');
});

test('a file that cannot be read has no lenses', () => {
  expect(entryPointLenses(parseProject('a: [').project)).toEqual([]);
});

test('a list of entry points shows defaults and what is required', () => {
  const [main] = parseProject(TEXT).project.entryPoints;
  expect(main && parameterSummary(main)).toBe('alpha=0.5, data (required)');
});
