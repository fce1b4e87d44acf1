import { parseArgs } from 'node:util';
import { UsageError } from './usage.ts';

/** What the user gave, as options or in the environment, unchecked. */
export interface ServerValues {
  readonly backendStoreUri: string | undefined;
  readonly registryStoreUri: string | undefined;
  readonly defaultArtifactRoot: string | undefined;
  readonly artifactsDestination: string | undefined;
  readonly serveArtifacts: boolean;
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly port: string;
  readonly readOnly: boolean;
  readonly token: string | undefined;
  readonly tokenMode: string | undefined;
  readonly allowUnauthenticated: boolean;
  readonly ui: string | undefined;
  readonly endWhenIdle: string | undefined;
  readonly attach: boolean;
  readonly stop: boolean;
}

/** The variables that `mlflow server` reads, and those that it sets for its workers; the first that is set counts. */
const VARIABLES = {
  'backend-store-uri': ['MLFLOW_BACKEND_STORE_URI', '_MLFLOW_SERVER_FILE_STORE'],
  'registry-store-uri': ['MLFLOW_REGISTRY_STORE_URI', '_MLFLOW_SERVER_REGISTRY_STORE'],
  'default-artifact-root': ['MLFLOW_DEFAULT_ARTIFACT_ROOT', '_MLFLOW_SERVER_ARTIFACT_ROOT'],
  'artifacts-destination': ['MLFLOW_ARTIFACTS_DESTINATION', '_MLFLOW_SERVER_ARTIFACT_DESTINATION'],
  'serve-artifacts': ['MLFLOW_SERVE_ARTIFACTS', '_MLFLOW_SERVER_SERVE_ARTIFACTS'],
  host: ['MLFLOW_HOST'],
  'allowed-hosts': ['MLFLOW_SERVER_ALLOWED_HOSTS'],
  port: ['MLFLOW_PORT'],
  token: ['MLFLOW_WORKBENCH_TOKEN'],
  'token-mode': ['MLFLOW_WORKBENCH_TOKEN_MODE'],
} as const;

/** @throws UsageError */
export function readServerValues(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ServerValues {
  const values = parse(args);
  // The editor's server is what the editor says, whatever variables its terminal has.
  const variables = values.attach || values.stop ? {} : environment;
  const text = (name: Exclude<keyof typeof VARIABLES, 'serve-artifacts'>): string | undefined =>
    values[name] ?? fromEnvironment(name);
  const fromEnvironment = (name: keyof typeof VARIABLES): string | undefined =>
    VARIABLES[name].map((variable) => variables[variable]).find((value) => value);
  return {
    backendStoreUri: text('backend-store-uri'),
    registryStoreUri: text('registry-store-uri'),
    defaultArtifactRoot: text('default-artifact-root'),
    artifactsDestination: text('artifacts-destination'),
    serveArtifacts: values['serve-artifacts'] ?? isTrue(fromEnvironment('serve-artifacts') ?? 'true'),
    host: text('host') ?? '127.0.0.1',
    allowedHosts: (text('allowed-hosts') ?? '').split(',').filter((host) => host.trim() !== ''),
    port: text('port') ?? '5000',
    readOnly: values['read-only'],
    token: text('token'),
    tokenMode: text('token-mode'),
    allowUnauthenticated: values['allow-unauthenticated'],
    ui: values.ui,
    endWhenIdle: values['end-when-idle'],
    attach: values.attach,
    stop: values.stop,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        'backend-store-uri': { type: 'string' },
        'registry-store-uri': { type: 'string' },
        'default-artifact-root': { type: 'string' },
        'artifacts-destination': { type: 'string' },
        'serve-artifacts': { type: 'boolean' },
        host: { type: 'string', short: 'h' },
        'allowed-hosts': { type: 'string' },
        port: { type: 'string', short: 'p' },
        'read-only': { type: 'boolean', default: false },
        token: { type: 'string' },
        'token-mode': { type: 'string' },
        'allow-unauthenticated': { type: 'boolean', default: false },
        ui: { type: 'string' },
        'end-when-idle': { type: 'string' },
        attach: { type: 'boolean', default: false },
        stop: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The environment without what stands for options. */
export function withoutServerVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = new Set<string>(Object.values(VARIABLES).flat());
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !names.has(name)));
}

/** As MLflow's command line reads its variables. */
function isTrue(text: string): boolean {
  return /^(?:1|true|t|yes|y|on)$/i.test(text.trim());
}
