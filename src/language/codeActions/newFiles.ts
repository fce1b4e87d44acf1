import type { Parameter } from '../../mlproject/project.ts';
import { contains } from '../document.ts';
import type { Fixer } from './fix.ts';

const PYTHON_ENV = `python: "3.11"
build_dependencies:
  - pip
dependencies:
  - mlflow
`;

const CONDA_ENV = `channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
      - mlflow
`;

/** The file of an environment, to go on from. */
export const createEnvironmentFile: Fixer = ({ project }) => {
  const { environment } = project;
  if (!environment?.path || !isInside(environment.path.value)) return undefined;
  const text = environment.kind === 'python_env' ? PYTHON_ENV : CONDA_ENV;
  const path = environment.path.value;
  return { title: `Create ${path}`, edits: [], newFiles: [{ path, text }], isPreferred: true };
};

/** A script that reads the parameters of its entry point. */
export const createScript: Fixer = ({ project, text }, { range }) => {
  const path = text.slice(range.start, range.end).replace(/^["']|["']$/g, '');
  const entryPoint = project.entryPoints.find(({ command }) => command && contains(command.range, range.start));
  if (!entryPoint || !path.endsWith('.py') || !isInside(path)) return undefined;
  return { title: `Create ${path}`, edits: [], newFiles: [{ path, text: scriptFor(entryPoint.parameters) }] };
};

function scriptFor(parameters: readonly Parameter[]): string {
  const options = parameters.map(({ name, type, description }) => {
    const kind = type === 'float' || type === 'int' ? `, type=${type}` : '';
    const help = description === undefined ? '' : `, help=${JSON.stringify(description)}`;
    return `    parser.add_argument("--${name}"${kind}${help})\n`;
  });
  return `import argparse

import mlflow


def main():
    parser = argparse.ArgumentParser()
${options.join('')}    args = parser.parse_args()
    with mlflow.start_run():
        mlflow.log_params(vars(args))


if __name__ == "__main__":
    main()
`;
}

/** Nothing is made outside of the project. */
function isInside(path: string): boolean {
  return !/^(?:[/\\~]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..');
}
