import { describe, expect, test } from 'vitest';
import { pythonSnippet, runMarkdown, runUri } from '../../../src/views/runDetails/copies.ts';
import { metric, run } from '../sampleRun.ts';

const ID = '0123456789abcdef0123456789abcdef';

test('a run has a URI', () => {
  expect(runUri(run())).toBe(`runs:/${ID}`);
});

describe('the Python', () => {
  test('loads the run from its server', () => {
    expect(pythonSnippet(run(), 'http://127.0.0.1:5000')).toBe(`import mlflow

mlflow.set_tracking_uri("http://127.0.0.1:5000")
run = mlflow.get_run("${ID}")
print(run.data.params, run.data.metrics)
`);
  });

  test('loads its models, of both versions of MLflow', () => {
    const tags = { 'mlflow.log-model.history': '[{"artifact_path": "best \\"one\\"", "flavors": {"sklearn": {}}}]' };
    const text = pythonSnippet(run({ tags, modelOutputs: [{ modelId: 'm-1', step: 0 }] }), 'x');
    expect(text).toContain('model_1 = mlflow.pyfunc.load_model("models:/m-1")');
    expect(text).toContain(`model_2 = mlflow.pyfunc.load_model("runs:/${ID}/best \\"one\\"")`);
  });
});

describe('the Markdown', () => {
  test('tells everything, with pipes and lines escaped', () => {
    const text = runMarkdown(
      run({
        params: { alpha: '0.5', odd: 'a|b\nc' },
        metrics: [metric('rmse', 0.123456789)],
        tags: { team: 'blue', 'mlflow.user': 'ada', 'mlflow.note.content': 'A *note*.' },
      }),
      'wine',
    );
    expect(text).toContain('# Run bold-wolf-312');
    expect(text).toContain('A *note*.');
    expect(text).toContain('| alpha | 0.5 |');
    expect(text).toContain('| odd | a\\|b c |');
    expect(text).toContain('| rmse | 0.123456789 |');
    expect(text).toContain('| team | blue |');
    expect(text).not.toContain('mlflow.user');
  });

  test('lists no more than a chat can read', () => {
    const params = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`p${at}`, '1']));
    expect(runMarkdown(run({ params }), 'wine')).toContain('50 more.');
  });
});
