import fs from 'node:fs';
import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';
import { parseProject } from '../../mlproject/parseProject.ts';
import { type EntryPoint, isProjectFileName, type Project } from '../../mlproject/project.ts';
import { quote } from '../command/shellQuote.ts';

export interface ProjectFolder {
  /** Absolute. */
  readonly folder: string;
  readonly project: Project;
}

const EMPTY: Project = { name: undefined, environment: undefined, entryPoints: [] };

/** Reads the project in a folder; one without an MLproject file can still run scripts. @throws INVALID_PARAMETER_VALUE */
export function readProjectFolder(uri: string): ProjectFolder {
  const folder = path.resolve(uri);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw invalidParameter(`Could not find the project folder ${folder}`);
  }
  const name = fs.readdirSync(folder).find(isProjectFileName);
  if (name === undefined) return { folder, project: EMPTY };
  const { project, problems } = parseProject(fs.readFileSync(path.join(folder, name), 'utf8'));
  const syntax = problems.find(({ code }) => code === 'yaml-syntax' || code === 'multiple-environments');
  if (syntax) throw invalidParameter(`${path.join(folder, name)} cannot be run: ${syntax.message}`);
  return { folder, project };
}

/** A declared entry point, or a script that is run as one. @throws INVALID_PARAMETER_VALUE */
export function findEntryPoint({ project, folder }: ProjectFolder, name: string): EntryPoint {
  const declared = project.entryPoints.find((entryPoint) => entryPoint.name === name);
  if (declared) return declared;
  const script = scriptCommand(name);
  if (script !== undefined && fs.existsSync(path.join(folder, name))) {
    const nowhere = { start: 0, end: 0 };
    const text = script.replaceAll('{', '{{').replaceAll('}', '}}');
    const command = { text, range: nowhere, placeholders: [] };
    return { name, nameRange: nowhere, range: nowhere, parameters: [], command };
  }
  const names = project.entryPoints.map((entryPoint) => `'${entryPoint.name}'`).join(', ');
  throw invalidParameter(
    `Could not find ${name} among entry points [${names}] or interpret ${name} as a runnable script. Supported script file extensions: ['.py', '.sh']`,
  );
}

/** How MLflow runs a script that is no entry point. */
function scriptCommand(name: string): string | undefined {
  switch (path.extname(name)) {
    case '.py':
      return `python ${quote(name)}`;
    case '.sh':
      return `${process.env.SHELL ?? 'bash'} ${quote(name)}`;
    case '.R':
      return `Rscript -e "mlflow::mlflow_source('${quote(name)}')" --args`;
    default:
      return undefined;
  }
}
