import path from 'node:path';
import { readFolder } from '../files/read.ts';
import { isProjectFileName } from '../mlproject/project.ts';

/** Folders that nobody keeps projects of their own in, and that hold many files. */
const LEFT_OUT = /^(?:\..*|node_modules|__pycache__|venv|env|site-packages|mlruns|mlartifacts)$/;

/** The MLproject files below a folder; links are not followed. */
export function findProjects(folder: string): string[] {
  const entries = readFolder(folder);
  const own = entries.filter((entry) => entry.isFile() && isProjectFileName(entry.name));
  const below = entries.filter((entry) => entry.isDirectory() && !LEFT_OUT.test(entry.name));
  return [
    ...own.map(({ name }) => path.join(folder, name)),
    ...below.flatMap(({ name }) => findProjects(path.join(folder, name))),
  ];
}
