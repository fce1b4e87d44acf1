import { describe, expect, test } from 'vitest';
import { lintBackendConfig, lintJobTemplate } from '../../../src/runner/backend/backendConfig.ts';
import { backendTemplates } from '../../../src/runner/backend/backendTemplates.ts';

const JOB = 'kind: Job\nmetadata: {namespace: default}\nspec: {template: {spec: {containers: [{name: x}]}}}\n';
const GOOD = { 'repository-uri': 'r', 'kube-job-template-path': 'job.yaml' };

function lint(backend: 'kubernetes' | 'databricks', config: unknown) {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  const readFile = (file: string) => (file === 'job.yaml' ? JOB : undefined);
  return lintBackendConfig(backend, text, readFile).map(({ code, severity, message }) => [code, severity, message]);
}

describe('the configuration of Kubernetes', () => {
  test('is fine with a template and a repository', () => {
    expect(lint('kubernetes', { ...GOOD, 'kube-context': 'minikube' })).toEqual([]);
  });

  test.each([
    [{}, 'template-path-missing', "'kube-job-template-path' attribute must be specified in backend_config."],
    [{}, 'repository-uri-missing', "Could not find 'repository-uri' in backend_config."],
    [
      { ...GOOD, 'kube-job-template-path': 'x.yaml' },
      'template-missing',
      "Could not find 'kube-job-template-path': x.yaml",
    ],
    ['{', 'config-syntax', 'The backend config is no JSON'],
    [[], 'config-syntax', 'must be a JSON object'],
  ])('%j: %s', (config, code, message) => {
    expect(lint('kubernetes', config)).toContainEqual([code, 'error', expect.stringContaining(message)]);
  });

  test('has keys that MLflow ignores', () => {
    expect(lint('kubernetes', { ...GOOD, 'kube-contxt': 'x' })).toEqual([
      ['unknown-key', 'warning', expect.stringContaining("MLflow ignores 'kube-contxt'")],
    ]);
  });
});

describe('a job template', () => {
  test.each([
    ['kind: Pod\nmetadata: {namespace: d}\nspec: {template: {spec: {containers: [{}]}}}\n', 'of kind Pod'],
    ['kind: Job\nspec: {template: {spec: {containers: [{}]}}}\n', 'metadata.namespace'],
    [
      'kind: Job\nmetadata: {namespace: d}\nspec: {template: {spec: {containers: []}}}\n',
      'spec.template.spec.containers',
    ],
    ['kind: Job\nmetadata: {namespace: d}\nspec: {containers: [{}]}\n', 'spec.template.spec.containers'],
    ['- a\n', 'must be a mapping'],
    ['a: "', 'is no YAML'],
  ])('%j', (text, message) => {
    expect(lintJobTemplate(text).map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
  });

  test('is fine as it should be', () => {
    expect(lintJobTemplate(JOB)).toEqual([]);
  });
});

describe('the configuration of Databricks', () => {
  test('is a cluster, or one with libraries', () => {
    expect(lint('databricks', { spark_version: '15', num_workers: 1 })).toEqual([]);
    expect(lint('databricks', { new_cluster: { spark_version: '15' }, libraries: [] })).toEqual([]);
  });

  test('is not a cluster that is there', () => {
    expect(lint('databricks', { existing_cluster_id: 'x' })).toEqual([
      ['existing-cluster', 'error', expect.stringContaining('must provide a *new cluster* specification.')],
    ]);
    expect(lint('databricks', { libraries: [] })[0]?.[0]).toBe('new-cluster-missing');
  });
});

test('what one begins with has no problems', () => {
  const [kubernetes, job] = backendTemplates('kubernetes', 'My Wine!');
  expect(
    lintBackendConfig('kubernetes', kubernetes?.text ?? '', (file) => (file === job?.name ? job.text : undefined)),
  ).toEqual([]);
  expect(kubernetes?.text).toContain('localhost:5000/my-wine"');
  const [databricks] = backendTemplates('databricks', 'wine');
  expect(lint('databricks', databricks?.text ?? '')).toEqual([]);
});
