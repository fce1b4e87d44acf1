import fs from 'node:fs';
import path from 'node:path';

const OPTION = /^(-r|--requirement|-c|--constraint|-e|--editable)[\s=]+(.+)$/;

/** `-r file` is an option and its value; everything else is one argument, so that nothing reaches a shell. */
export function splitRequirement(line: string): string[] {
  const option = OPTION.exec(line.trim());
  return option?.[1] && option[2] ? [option[1], option[2]] : [line.trim()];
}

/** The texts of the files that requirements name, and of those that these name. @param folder what they are relative to */
export function readRequirementFiles(lines: readonly string[], folder: string): string[] {
  return readOnce(lines, folder, new Set());
}

function readOnce(lines: readonly string[], folder: string, seen: Set<string>): string[] {
  return lines.flatMap((line) => {
    const name = /^(?:-r|--requirement|-c|--constraint)[\s=]*(\S+)/.exec(line.trim())?.[1];
    const file = name === undefined ? undefined : path.resolve(folder, name);
    if (file === undefined || seen.has(file) || !fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
    seen.add(file);
    const text = fs.readFileSync(file, 'utf8');
    return [text, ...readOnce(text.split(/\r?\n/), path.dirname(file), seen)];
  });
}

/** Whether a requirement is something of the project's folder, so that no other project can share what is installed. */
export function isOfFolder(line: string): boolean {
  const [first = '', value] = splitRequirement(line);
  return /^(?:-e|--editable)$/.test(first) || /^(?:\.|file:)/.test(value ?? first) || / @ file:/.test(line);
}
