import { describe, expect, test } from 'vitest';
import { readCondaFile } from '../../../src/runner/environment/condaFile.ts';

test('Python, pip and the packages of pip are taken, the rest is told', () => {
  expect(
    readCondaFile({ dependencies: ['python=3.10', 'pip=24.0', 'setuptools', 'numpy>=2', { pip: ['mlflow>=2'] }] }),
  ).toEqual({
    python: '3.10',
    buildDependencies: ['pip==24.0', 'setuptools'],
    dependencies: ['mlflow>=2'],
    condaOnly: ['numpy>=2'],
    sources: [],
  });
});

describe('MLflow refuses', () => {
  test.each([
    ['python', 'Invalid dependency for python: python. It must be pinned (e.g. python=3.8.13).'],
    ['python<3.9', "Invalid version comparator for python: '<'"],
    [{ conda: ['x'] }, 'Invalid conda dependency'],
    [{ pip: 'x' }, 'Invalid conda dependency'],
  ])('%j', (entry, message) => {
    expect(() => readCondaFile({ dependencies: [entry] })).toThrow(message);
  });
});

test.each(['>=', '<=', '==', '='])('python%s3.8 names a version', (operator) => {
  expect(readCondaFile({ dependencies: [`python${operator}3.8`] }).python).toBe('3.8');
});
