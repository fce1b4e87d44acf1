import type { Report } from './problems.ts';
import type { EntryPoint, Project } from './project.ts';
import type { ProjectFiles } from './projectFiles.ts';
import { scriptsOf } from './scripts.ts';

/** Looks whether the files that a project names are there. */
export function checkFiles(project: Project, source: string, files: ProjectFiles, report: Report): void {
  const { environment, entryPoints } = project;
  const path = environment?.path;
  if (path && !files.exists(path.value)) {
    const message = `There is no file '${path.value}' beside this one, and MLflow fails.`;
    report('environment-file-missing', path.range, message);
  }
  for (const entryPoint of entryPoints) {
    checkPaths(entryPoint, files, report);
    // An image has its own files.
    if (environment?.kind !== 'docker_env') checkScripts(entryPoint, source, files, report);
  }
}

function checkScripts({ command }: EntryPoint, source: string, files: ProjectFiles, report: Report): void {
  if (!command) return;
  for (const { path, range, isModule } of scriptsOf(command, source)) {
    if (!isModule && !files.exists(path))
      report('script-missing', range, `There is no '${path}' in the folder of this project.`);
  }
}

/** MLflow looks for paths from where it is called; nearly always that is the project's folder. */
function checkPaths({ parameters }: EntryPoint, files: ProjectFiles, report: Report): void {
  for (const { type, default: value, defaultRange } of parameters) {
    if (type !== 'path' || !value || !defaultRange || /^[a-zA-Z][\w+.-]+:|^[/\\~]/.test(value)) continue;
    if (files.exists(value)) continue;
    report('path-missing', defaultRange, `There is no '${value}' in this folder: MLflow refuses to run with it.`);
  }
}
