import { parseProject } from '../../src/mlproject/parseProject.ts';

/** The problems of a text as `code: the text that they are about`. */
export function problemsOf(text: string): string[] {
  return parseProject(text).problems.map(({ code, range }) => `${code}: ${text.slice(range.start, range.end)}`);
}

/** A project whose entry point `main` has these lines. */
export function main(...lines: readonly string[]): string {
  return `name: x\nentry_points:\n  main:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}
