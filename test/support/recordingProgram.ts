import fs from 'node:fs';
import path from 'node:path';

/** What a recording program does where its arguments, with spaces between, match. */
export interface Reply {
  readonly when: RegExp;
  readonly out?: string;
  readonly err?: string;
  readonly code?: number;
}

/** Stands for a program that cannot be had where tests run. */
export interface RecordingProgram {
  readonly file: string;
  /** The arguments of each call. */
  calls(): readonly (readonly string[])[];
  /** What the calls read from their standard input. */
  inputs(): readonly string[];
}

/** Puts a program into a folder that writes down how it is called, and answers what it is told to (else nothing, with code 0). */
export function recordingProgram(folder: string, name: string, replies: readonly Reply[] = []): RecordingProgram {
  const file = path.join(folder, name);
  const log = path.join(folder, `${name}.calls`);
  const rules = replies.map(({ when, ...reply }) => ({ ...reply, when: when.source }));
  const program = `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
let input = '';
try { input = fs.fstatSync(0).isFIFO() || fs.fstatSync(0).isSocket() ? fs.readFileSync(0, 'utf8') : ''; } catch {}
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, input }) + '\\n');
const rule = ${JSON.stringify(rules)}.find(({ when }) => new RegExp(when).test(args.join(' '))) ?? {};
process.stdout.write(rule.out ?? '');
process.stderr.write(rule.err ?? '');
process.exitCode = rule.code ?? 0;
`;
  fs.writeFileSync(file, program, { mode: 0o755 });
  const read = (): readonly { readonly args: readonly string[]; readonly input: string }[] =>
    fs.existsSync(log)
      ? fs
          .readFileSync(log, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  return { file, calls: () => read().map(({ args }) => args), inputs: () => read().map(({ input }) => input) };
}
