import type { ConfiguredBackend } from './backendConfig.ts';

/** A file to begin with. */
export interface TemplateFile {
  readonly name: string;
  readonly text: string;
}

const JOB_TEMPLATE = 'kubernetes_job_template.yaml';

/**
 * The files that a backend is configured with; the first one is what `--backend-config` names.
 * @param projectName of the MLproject, for the names in them
 */
export function backendTemplates(backend: ConfiguredBackend, projectName: string): readonly TemplateFile[] {
  if (backend === 'databricks') {
    const cluster = { spark_version: '15.4.x-scala2.12', node_type_id: 'i3.xlarge', num_workers: 1 };
    return [{ name: 'databricks_config.json', text: json({ new_cluster: cluster, libraries: [] }) }];
  }
  const config = {
    'kube-context': 'minikube',
    'repository-uri': `localhost:5000/${imageName(projectName)}`,
    'kube-job-template-path': JOB_TEMPLATE,
  };
  return [
    { name: 'kubernetes_config.json', text: json(config) },
    { name: JOB_TEMPLATE, text: jobTemplate() },
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Repositories have lower case names (OCI distribution, "Pulling manifests"). */
function imageName(projectName: string): string {
  return (
    projectName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'project'
  );
}

function jobTemplate(): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: "filled in by MLflow"
  namespace: default
spec:
  ttlSecondsAfterFinished: 3600
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: "filled in by MLflow"
          image: "filled in by MLflow"
          command: ["filled in by MLflow"]
          resources:
            limits:
              memory: 1Gi
            requests:
              memory: 512Mi
`;
}
