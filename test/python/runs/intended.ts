import type { MlflowVersion } from '../environments.ts';

/** What is compared of a run, or of a call that led to none. */
export type Aspect = 'exitCode' | 'status' | 'tags' | 'params' | 'command' | 'message' | 'runs';

/** Where our runner is meant to differ from `mlflow run`. */
export interface Intended {
  /** The scenario's name; all of them when absent. */
  readonly scenario?: string;
  readonly aspect: Aspect;
  /** Of the tag or param; the whole when absent. */
  readonly key?: string;
  /** The version that differs; both when absent. */
  readonly version?: MlflowVersion;
  readonly reason: string;
}

const NO_RUN = 'what can be checked is checked before there is a run: MLflow leaves one that is RUNNING for ever';

export const INTENDED: readonly Intended[] = [
  {
    aspect: 'tags',
    key: 'mlflow.gitRepoURL',
    version: '3.17.2',
    reason: 'MLflow 3 has dropped the older name of the tag, which web UIs of MLflow 2 look for',
  },
  { aspect: 'tags', key: 'mlflow.gitBranchName', version: '3.17.2', reason: 'the same' },
  {
    scenario: 'the name of an undeclared parameter is quoted',
    aspect: 'command',
    version: '2.22.5',
    reason: 'MLflow 2 runs what the name of a parameter says; as MLflow 3',
  },
  {
    scenario: 'the name of an undeclared parameter is quoted',
    aspect: 'params',
    version: '2.22.5',
    reason: 'as MLflow 3, which logs the name as it is passed',
  },
  {
    scenario: 'the name of an undeclared parameter is quoted',
    aspect: 'runs',
    version: '2.22.5',
    reason: 'MLflow 2 refuses to log the name, after it has made the run',
  },
  { scenario: 'a URI without a scheme', aspect: 'runs', reason: NO_RUN },
  { scenario: 'a URI without a scheme', aspect: 'status', reason: NO_RUN },
  { scenario: 'a path that is not there', aspect: 'runs', reason: NO_RUN },
  { scenario: 'an unknown placeholder', aspect: 'runs', reason: NO_RUN },
  { scenario: 'the format of a number', aspect: 'runs', reason: NO_RUN },
  { scenario: 'a script that is not there', aspect: 'runs', reason: NO_RUN },
  { scenario: 'killed', aspect: 'status', reason: 'MLflow calls a run FAILED that the system has killed' },
];
