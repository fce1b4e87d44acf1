/** Places that scenarios name. */
export interface Places {
  /** A copy of `test/python/projects/`, outside of any repository. */
  readonly projects: string;
  /** A copy of `samples/elasticnet`. */
  readonly sample: string;
  /** A git repository on this machine, with a project in `sub/`. */
  readonly repository: string;
  /** A bare copy of it. */
  readonly bare: string;
  /** URL of a git server that has a copy of it, with a branch `other`. */
  readonly remote: string;
  /** A commit of it, before the last one. */
  readonly commit: string;
  /** A ZIP file with a project in it. */
  readonly archive: string;
  /** A web server that has `data.csv`. */
  readonly web: string;
  /** A file, and the caller is in its folder. */
  readonly data: string;
}

/** A call of `run`, by `mlflow` and by us. */
export interface Scenario {
  readonly name: string;
  /** What follows `run`. */
  readonly args: (places: Places) => readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const values = (...args: string[]) => ({ args: ({ projects }: Places) => [`${projects}/values`, ...args] });
const outcomes = (...args: string[]) => ({ args: ({ projects }: Places) => [`${projects}/outcomes`, ...args] });
const steps = (...args: string[]) => ({ args: ({ projects }: Places) => [`${projects}/steps`, ...args] });

export const SCENARIOS: readonly Scenario[] = [
  { name: 'plain values', ...values('-P', 'a=1') },
  { name: 'quotes, spaces and what a shell would run', ...values('-P', `a=it's "$(id)" ; \`id\``, '-P', 'b=') },
  { name: 'undeclared parameters', ...values('-P', 'z=1', '-P', 'a=ü', '-P', 'extra=z q', '-P', 'y=a=b') },
  { name: 'the name of an undeclared parameter is quoted', ...values('-P', 'a=1', '-P', 'x y=1') },
  { name: 'defaults as YAML reads them', ...values('-e', 'defaults') },
  { name: 'informal types are not checked', ...values('-e', 'defaults', '-P', 'flag=perhaps', '-P', 'octal=ten') },
  { name: 'formats', ...values('-e', 'formats', '-P', "x=it's") },
  { name: 'several lines', ...values('-e', 'multiline', '-P', 'a=1 2') },
  { name: 'an unknown placeholder', ...values('-e', 'unknown_placeholder') },
  { name: 'the format of a number', ...values('-e', 'number_format', '-P', 'x=1') },
  { name: 'a missing value', ...values() },
  {
    name: 'a path of this machine and a URI',
    ...values('-e', 'paths', '-P', 'data=data.csv', '-P', 'where=s3://bucket/x'),
  },
  {
    name: 'a path at a web server',
    args: ({ projects, web }) => [
      ...[`${projects}/values`, '-e', 'paths'],
      ...['-P', `data=${web}/data.csv`, '-P', 'where=a:b'],
    ],
  },
  {
    name: 'a file of the tracking server',
    ...values('-e', 'paths', '-P', 'data=mlflow-artifacts:/shared/data.csv', '-P', 'where=a:b'),
  },
  {
    name: 'a folder of the tracking server',
    ...values('-e', 'folder', '-P', 'data=mlflow-artifacts:/shared'),
    environment: { MLFLOW_TMP_DIR: 'downloads' },
  },
  { name: 'a path that is not there', ...values('-e', 'paths', '-P', 'data=gone.csv', '-P', 'where=s3://bucket/x') },
  { name: 'a URI without a scheme', ...values('-e', 'paths', '-P', 'data=data.csv', '-P', 'where=nowhere') },
  { name: 'a name of the run', ...outcomes('--run-name', 'my run') },
  { name: 'the experiment by its id', ...outcomes('--experiment-id', '0') },
  { name: 'the experiment from the environment', ...outcomes(), environment: { MLFLOW_EXPERIMENT_NAME: 'by name' } },
  { name: 'a failure', ...outcomes('-e', 'fails') },
  { name: 'killed', ...outcomes('-e', 'killed') },
  { name: 'a missing program', ...outcomes('-e', 'missing_program') },
  { name: 'a script that logs', ...outcomes('-e', 'log', '-P', 'alpha=0.3') },
  { name: 'a script that ends its run', ...outcomes('-e', 'ends_its_run') },
  { name: 'a run within a run', ...outcomes('-e', 'nested') },
  { name: 'an unknown entry point', ...outcomes('-e', 'nope') },
  { name: 'a Python script', ...steps('-e', 'step.py', '-P', 'x=1') },
  { name: 'a shell script', ...steps('-e', 'my step.sh', '-P', 'x=1 2'), environment: { SHELL: '/bin/bash' } },
  { name: 'a script that is not there', ...steps('-e', 'gone.py') },
  { name: 'a subdirectory', args: ({ projects }) => [`${projects}/steps#inner`] },
  { name: 'a subdirectory that is not there', args: ({ projects }) => [`${projects}/steps#gone`] },
  { name: 'a subdirectory with dots', args: ({ projects }) => [`${projects}/steps#../values`] },
  { name: 'a version without a repository', args: ({ archive }) => [archive.replace(/[^/]*$/, 'plain'), '-v', 'x'] },
  { name: 'the folder of a repository', args: ({ repository }) => [repository] },
  { name: 'a folder in a repository', args: ({ repository }) => [`${repository}/sub`] },
  { name: 'a bare repository of this machine', args: ({ bare }) => [bare] },
  { name: 'a git repository', args: ({ remote }) => [remote] },
  { name: 'a folder of a git repository', args: ({ remote }) => [`${remote}#sub`] },
  { name: 'a branch', args: ({ remote }) => [remote, '-v', 'other'] },
  { name: 'a commit', args: ({ remote, commit }) => [remote, '--version', commit] },
  { name: 'a version that is not there', args: ({ remote }) => [remote, '-v', 'nope'] },
  { name: 'a ZIP file', args: ({ archive }) => [archive] },
  {
    name: 'the sample',
    args: ({ sample }) => [sample, '-P', 'alpha=0.3'],
    environment: { ELASTICNET_PAUSE: '0' },
  },
  { name: 'usage: no value', ...values('-P', 'a') },
  { name: 'usage: twice the same', ...values('-P', 'a=1', '-P', 'a=2') },
  { name: 'usage: two experiments', ...values('--experiment-name', 'a', '--experiment-id', '0') },
  { name: 'usage: Kubernetes without configuration', ...values('-b', 'kubernetes') },
  { name: 'usage: a configuration that is no JSON', ...values('-b', 'databricks', '-c', '{broken') },
  { name: 'usage: no project', args: () => [] },
];
