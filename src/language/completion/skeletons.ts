/** A piece of a file to fill in, in the snippet syntax of LSP. */
export interface Skeleton {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
}

const TYPES = '${2|float,string,path,uri|}';

export const ENTRY_POINT: Skeleton = {
  label: 'main',
  detail: 'an entry point',
  text: `\${1:main}:
  parameters:
    \${2:alpha}: {type: \${3|float,string,path,uri|}, default: \${4:0.5}}
  command: "python \${5:train.py} --$2 {$2}"`,
};

export const PARAMETERS: readonly Skeleton[] = [
  {
    label: 'parameter with a default',
    detail: 'name, type and default',
    text: `\${1:name}: {type: ${TYPES}, default: \${3:0.5}}`,
  },
  { label: 'required parameter', detail: 'name and type', text: `\${1:name}: ${TYPES}` },
];

export const ENVIRONMENTS: readonly Skeleton[] = [
  {
    label: 'docker_env with volumes and variables',
    detail: 'an environment in Docker',
    text: `docker_env:
  image: \${1:python:3.11-slim}
  volumes: ["\${2:/data}:\${3:/data}"]
  environment: [[\${4:LOG_LEVEL}, "\${5:info}"], \${6:API_KEY}]`,
  },
  { label: 'conda_env with conda.yaml', detail: 'an environment of conda', text: 'conda_env: ${1:conda.yaml}' },
];
