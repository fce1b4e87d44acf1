import { expect, test } from 'vitest';
import { dropSnippet } from '../../src/views/dropSnippet.ts';

test('runs are read, models are loaded, a line each', () => {
  expect(dropSnippet(['a', 'b'], ['models:/m-1'])).toBe(
    'mlflow.get_run("a")\nmlflow.get_run("b")\nmlflow.pyfunc.load_model("models:/m-1")',
  );
});

test('what is dropped cannot end the text that it stands in', () => {
  expect(dropSnippet([], ['runs:/a/"); import os; ("'])).toBe(
    'mlflow.pyfunc.load_model("runs:/a/\\"); import os; (\\"")',
  );
});

test('nothing gives nothing', () => {
  expect(dropSnippet([], [])).toBe('');
});
