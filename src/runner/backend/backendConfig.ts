import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import { checkYaml } from '../../files/yamlGuard.ts';

export type ConfiguredBackend = 'kubernetes' | 'databricks';

/** Something that is wrong with the configuration of a backend. */
export interface BackendProblem {
  readonly code:
    | 'config-syntax'
    | 'template-path-missing'
    | 'repository-uri-missing'
    | 'template-missing'
    | 'template-invalid'
    | 'existing-cluster'
    | 'new-cluster-missing'
    | 'unknown-key';
  /** MLflow refuses errors, and ignores what a warning is about. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

const KUBERNETES_KEYS = ['kube-context', 'repository-uri', 'kube-job-template-path'];

/**
 * Checks the JSON text that `--backend-config` names.
 * @param readFile the text of a file that it names, as MLflow would read it; `undefined` where there is none
 */
export function lintBackendConfig(
  backend: ConfiguredBackend,
  text: string,
  readFile: (file: string) => string | undefined,
): readonly BackendProblem[] {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    return [
      problem('config-syntax', `The backend config is no JSON: ${error instanceof Error ? error.message : error}`),
    ];
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    return [problem('config-syntax', 'The backend config must be a JSON object.')];
  }
  const record = config as Readonly<Record<string, unknown>>;
  return backend === 'kubernetes' ? lintKubernetes(record, readFile) : lintDatabricks(record);
}

function lintKubernetes(
  config: Readonly<Record<string, unknown>>,
  readFile: (file: string) => string | undefined,
): readonly BackendProblem[] {
  const problems = Object.keys(config)
    .filter((key) => !KUBERNETES_KEYS.includes(key))
    .map((key) =>
      warning('unknown-key', `MLflow ignores '${key}' in a Kubernetes config: it knows ${KUBERNETES_KEYS.join(', ')}.`),
    );
  const { 'kube-job-template-path': template, 'repository-uri': repository } = config;
  if (typeof template !== 'string' || template === '') {
    problems.push(
      problem('template-path-missing', "'kube-job-template-path' attribute must be specified in backend_config."),
    );
  } else {
    const text = readFile(template);
    problems.push(
      ...(text === undefined
        ? [problem('template-missing', `Could not find 'kube-job-template-path': ${template}`)]
        : lintJobTemplate(text)),
    );
  }
  if (typeof repository !== 'string' || repository === '') {
    problems.push(problem('repository-uri-missing', "Could not find 'repository-uri' in backend_config."));
  }
  return problems;
}

/** Checks a Kubernetes job, of which MLflow fills in the name, and the image, command and variables of its first container. */
export function lintJobTemplate(text: string): readonly BackendProblem[] {
  let document: Document;
  try {
    checkYaml(text);
    document = parseDocument(text, { logLevel: 'silent' });
    const [error] = document.errors;
    if (error) throw error;
  } catch (error) {
    return [
      problem('template-invalid', `The job template is no YAML: ${error instanceof Error ? error.message : error}`),
    ];
  }
  const problems: BackendProblem[] = [];
  if (!isMap(document.contents)) return [problem('template-invalid', 'The job template must be a mapping.')];
  const kind = document.get('kind');
  if (kind !== 'Job')
    problems.push(problem('template-invalid', `The job template is of kind ${kind ?? 'none'}: it must be a Job.`));
  const metadata = document.get('metadata');
  if (!isMap(metadata) || metadata.get('namespace') === undefined) {
    problems.push(problem('template-invalid', 'The job template needs metadata.namespace, such as default.'));
  }
  const containers = document.getIn(['spec', 'template', 'spec', 'containers']);
  if (!isSeq(containers) || !isMap(containers.items[0])) {
    problems.push(
      problem(
        'template-invalid',
        'The job template needs spec.template.spec.containers with a container, which MLflow fills in.',
      ),
    );
  }
  return problems;
}

function lintDatabricks(config: Readonly<Record<string, unknown>>): readonly BackendProblem[] {
  if ('existing_cluster_id' in config) {
    return [
      problem(
        'existing-cluster',
        'MLflow Project runs on Databricks must provide a *new cluster* specification. Project execution against existing clusters is not currently supported: replace existing_cluster_id by new_cluster.',
      ),
    ];
  }
  // A cluster alone is a configuration, too.
  const cluster = config.new_cluster ?? config;
  const isCluster = typeof cluster === 'object' && cluster !== null && 'spark_version' in cluster;
  if (isCluster) return [];
  return [
    problem(
      'new-cluster-missing',
      "The backend config needs 'new_cluster' with spark_version, node_type_id and num_workers.",
    ),
  ];
}

function problem(code: BackendProblem['code'], message: string): BackendProblem {
  return { code, severity: 'error', message };
}

function warning(code: BackendProblem['code'], message: string): BackendProblem {
  return { code, severity: 'warning', message };
}
