import type { EnvironmentFileKind } from './checkEnvironmentFile.ts';
import { checkFiles } from './checkFiles.ts';
import { inOrder, parseProject } from './parseProject.ts';
import { collector, type Problem } from './problems.ts';
import type { Project } from './project.ts';
import type { ProjectFiles } from './projectFiles.ts';

/** What is wrong with a project: its MLproject file, and the file of its environment. */
export interface CheckedProject {
  readonly project: Project;
  /** Of the MLproject file. */
  readonly problems: readonly Problem[];
  /** The file of the environment, where there is one. */
  readonly environmentFile: { readonly path: string; readonly kind: EnvironmentFileKind } | undefined;
}

/** @param text of the MLproject file @param files of its folder @param parsed the text, where it was parsed already */
export function checkProject(text: string, files: ProjectFiles, parsed = parseProject(text)): CheckedProject {
  const { project, problems } = parsed;
  const more = collector();
  checkFiles(project, text, files, more.report);
  return {
    project,
    problems: inOrder([...problems, ...more.problems]),
    environmentFile: environmentFile(project, files),
  };
}

/** The file that the environment is made of, in MLflow's order: what is named, else `python_env.yaml`, else `conda.yaml`. */
export function environmentFile({ environment }: Project, files: ProjectFiles): CheckedProject['environmentFile'] {
  if (environment) {
    const { kind, path } = environment;
    return kind !== 'docker_env' && path && files.exists(path.value) ? { path: path.value, kind } : undefined;
  }
  if (files.exists('python_env.yaml')) return { path: 'python_env.yaml', kind: 'python_env' };
  return files.exists('conda.yaml') ? { path: 'conda.yaml', kind: 'conda_env' } : undefined;
}
