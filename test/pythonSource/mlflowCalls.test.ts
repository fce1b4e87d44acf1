import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MetricKey, mlflowCalls } from '../../src/pythonSource/mlflowCalls.ts';

const IMPORT = 'import mlflow\n';

function told(key: MetricKey): string {
  return 'key' in key ? key.key : String(key.pattern);
}

/** The metrics of each call, in order. */
function metrics(source: string, context?: string): (string[] | 'all')[] {
  return mlflowCalls(source, context).metrics.map(({ keys }) => (keys === 'all' ? keys : keys.map(told)));
}

describe('calls that log metrics', () => {
  test.each([
    ['mlflow.log_metric("loss", loss, step=epoch)', ['loss']],
    ["mlflow.log_metric(key='val/loss', value=1)", ['val/loss']],
    ['mlflow.log_metric(\n    "loss",\n    loss,\n)', ['loss']],
    ['MlflowClient().log_metric(run_id, "loss", 1)', ['loss']],
    ['client.log_metric(run_id, "loss", 1)', ['loss']],
    ['self.mlflow_client.log_metric(run_id, "loss", 1)', ['loss']],
    ['log_metric("loss", 1)', ['loss']],
    ['mlflow.log_metrics({"a": 1, \'b\': f({"c": 2}), name: 3}, step=1)', ['a', 'b']],
    ['mlflow.log_metrics(metrics)', undefined],
    ['mlflow.log_metric(f"val_{name}", 1)', ['/^val_.+$/']],
    ['mlflow.log_metric(f"loss", 1)', ['loss']],
    ['mlflow.log_metric("val_" + name, 1)', ['/^val_.+$/']],
    ['mlflow.log_metric(name, 1)', undefined],
    ['mlflow.autolog()', 'all'],
    ['mlflow.sklearn.autolog(log_models=False)', 'all'],
    ['logger.log_metric("loss", 1)', undefined],
    ['trainer.model.log_metrics({"a": 1})', undefined],
    ['# mlflow.log_metric("loss", 1)', undefined],
    ['text = "mlflow.log_metric(1)"', undefined],
    ['def log_metric(key, value): ...', undefined],
  ])('%s', (line, keys) => {
    expect(metrics(`${IMPORT}${line}\n`)).toEqual(keys === undefined ? [] : [keys]);
  });

  test('stand where they say', () => {
    const source = `${IMPORT}x = mlflow.log_metric("loss",\n  f(1)) # note\n`;
    const [call] = mlflowCalls(source).metrics;
    expect(source.slice(call?.start, call?.end)).toBe('mlflow.log_metric("loss",\n  f(1))');
  });

  test('are looked for only where mlflow is imported, here or before', () => {
    const call = 'mlflow.log_metric("loss", 1)\n';
    expect(metrics(call)).toEqual([]);
    expect(metrics(call, 'from mlflow import log_metric\n')).toEqual([['loss']]);
    expect(metrics(`import mlflower\n${call}`)).toEqual([]);
  });
});

test('runs and experiments', () => {
  const source = `${IMPORT}mlflow.set_experiment("wine")\nmlflow.set_experiment(f"{x}")\nwith mlflow.start_run(run_name="x"):\n  pass\n`;
  expect(mlflowCalls(source).runs.map(({ kind, experiment }) => [kind, experiment])).toEqual([
    ['setExperiment', 'wine'],
    ['setExperiment', undefined],
    ['startRun', undefined],
  ]);
});

test('any text is read in its bounds', () => {
  const piece = fc.constantFrom(
    'mlflow.log_metric(',
    'mlflow.log_metrics({',
    '"a"',
    "f'{",
    '"""',
    ')',
    '}',
    ',',
    ':',
    '\\',
    '\n',
    '#',
    '.autolog(',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }), (pieces) => {
      const source = `${IMPORT}${pieces.join('')}`;
      return mlflowCalls(source).metrics.every(({ start, end }) => start >= 0 && end <= source.length);
    }),
    { numRuns: 500 },
  );
});
