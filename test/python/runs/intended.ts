import type { MlflowVersion } from '../environments.ts';

/** What is compared of a run, or of a call that led to none. */
export type Aspect = 'exitCode' | 'status' | 'tags' | 'params' | 'command' | 'message' | 'runs';

/** Where our runner is meant to differ from `mlflow run`. */
export interface Intended {
  /** The scenario's name, or the beginning of several up to a colon; all of them when absent. */
  readonly scenario?: string;
  readonly aspects: readonly Aspect[];
  /** Of the tag or param; the whole when absent. */
  readonly key?: string;
  /** The version that differs; both when absent. */
  readonly version?: MlflowVersion;
  readonly reason: string;
}

const NO_RUN = 'what can be checked is checked before there is a run: MLflow leaves one that is RUNNING for ever';
const WORKS: readonly Aspect[] = ['exitCode', 'status', 'tags', 'params', 'command', 'runs'];

export const INTENDED: readonly Intended[] = [
  {
    aspects: ['tags'],
    key: 'mlflow.gitRepoURL',
    version: '3.17.2',
    reason: 'MLflow 3 has dropped the older name of the tag, which MLflow 2 looks for',
  },
  { aspects: ['tags'], key: 'mlflow.gitBranchName', version: '3.17.2', reason: 'the same' },
  {
    aspects: ['tags'],
    key: 'mlflow.gitRepoURL',
    version: '2.22.5',
    reason: 'MLflow 2 notes the passwords of remotes, too; as MLflow 3',
  },
  { aspects: ['tags'], key: 'mlflow.source.git.repoURL', version: '2.22.5', reason: 'the same' },
  { scenario: 'usage:', aspects: ['exitCode'], version: '2.22.5', reason: 'a wrong call ends with 2, as in MLflow 3' },
  {
    scenario: 'usage: a configuration that is no JSON',
    aspects: ['message'],
    version: '2.22.5',
    reason: 'MLflow 2 also shows how Python came to its error',
  },
  {
    scenario: 'the name of an undeclared parameter is quoted',
    aspects: WORKS,
    version: '3.17.2',
    reason: 'MLflow 3 logs the quotes, too, which its server refuses after the run was made',
  },
  {
    scenario: 'the name of an undeclared parameter is quoted',
    aspects: ['command'],
    version: '2.22.5',
    reason: 'MLflow 2 has the shell run what the name of a parameter says',
  },
  { scenario: 'a URI without a scheme', aspects: ['runs', 'message'], reason: NO_RUN },
  { scenario: 'a path that is not there', aspects: ['runs', 'message'], reason: NO_RUN },
  { scenario: 'an unknown placeholder', aspects: ['runs', 'message'], reason: NO_RUN },
  { scenario: 'the format of a number', aspects: ['runs', 'message'], reason: NO_RUN },
  { scenario: 'a script that is not there', aspects: ['runs', 'message', 'command'], reason: NO_RUN },
  { scenario: 'a path at a web server', aspects: WORKS, reason: 'MLflow fails: it takes every web server for its own' },
  {
    scenario: 'killed',
    aspects: ['status', 'message'],
    reason: 'MLflow calls a run FAILED that a user or the system has killed',
  },
  {
    scenario: 'a script that ends its run',
    aspects: ['status'],
    reason: 'MLflow overwrites the status that the script has set: it compares its name with a number',
  },
  {
    scenario: 'a bare repository of this machine',
    aspects: WORKS,
    reason: 'MLflow takes it for the folder of a project, and finds none in it',
  },
];
