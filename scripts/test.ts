// `npm test`: every check of the project, one after the other, and one closing line that counts them all.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installVsCode, ROOT } from './installVsCode.ts';
import { run } from './run.ts';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Names of what failed, and of what failed first and passed when it was run again. */
  readonly failures?: readonly string[];
  readonly unsteady?: readonly string[];
}

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

const BIN = path.join(ROOT, 'node_modules', '.bin');

/** A check that either holds or does not: counted as one test. */
async function check(command: string, args: readonly string[]): Promise<Outcome> {
  try {
    await run(command, args, { cwd: ROOT });
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * The tests of a project of vitest's. They drive real editors, servers and file systems, for which a busy machine is sometimes
 * too slow: the files that fail are run once more, whole, and what passes only then is named at the end.
 */
async function vitest(project: string): Promise<Outcome> {
  const first = await vitestOnce(project, []);
  const broken = first?.testResults.filter((file) => file.status === 'failed') ?? [];
  if (!first || broken.length === 0) return first ? count(first.testResults) : { passed: 0, failed: 1, skipped: 0 };
  console.log(`\nonce more: ${broken.map(fileName).join(', ')}`);
  const second = await vitestOnce(
    project,
    broken.map((file) => file.name),
  );
  const others = first.testResults.filter((file) => !broken.includes(file));
  const failures = failuresOf(second?.testResults ?? broken);
  return {
    ...count([...others, ...(second?.testResults ?? broken)]),
    failures,
    unsteady: failuresOf(broken).filter((name) => !failures.includes(name)),
  };
}

/** @returns nothing where vitest itself could not run */
async function vitestOnce(project: string, files: readonly string[]): Promise<Report | undefined> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
  const report = path.join(folder, 'vitest.json');
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { failed } = await check(path.join(BIN, 'vitest'), [...args, ...files]);
  const found = fs.existsSync(report) ? (JSON.parse(fs.readFileSync(report, 'utf8')) as Report) : undefined;
  fs.rmSync(folder, { recursive: true });
  // An error outside of any test is a failure that no file has.
  const isStray = failed > 0 && !found?.testResults.some((file) => file.status === 'failed');
  return isStray ? undefined : found;
}

function count(files: readonly FileReport[]): Outcome {
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const of = (status: string) => statuses.filter((it) => it === status).length;
  const failed = failuresOf(files).length;
  const passed = of('passed');
  return { passed, failed, skipped: statuses.length - passed - of('failed') };
}

function failuresOf(files: readonly FileReport[]): string[] {
  return files.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    // A file that could not be loaded, or a failing hook, has no failing test to name.
    if (failed.length === 0) return file.status === 'failed' ? [fileName(file)] : [];
    return failed.map((test) => `${fileName(file)} > ${test.fullName}`);
  });
}

function fileName(file: FileReport): string {
  return path.relative(ROOT, file.name);
}

/** The tests in a real VS Code need the one from npm, which runs on Linux and macOS. */
async function vscode(): Promise<Outcome> {
  if (process.platform === 'win32') {
    console.log('The tests in VS Code are `npm run test:desktop` on Windows: skipped here.');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  await installVsCode();
  return vitest('vscode');
}

const STAGES: readonly (readonly [title: string, work: () => Promise<Outcome>])[] = [
  ['format and lint', () => check(path.join(BIN, 'biome'), ['ci', '.'])],
  ['types', () => check(path.join(BIN, 'tsc'), ['-p', '.'])],
  ['types of the webviews', () => check(path.join(BIN, 'tsc'), ['-p', 'webview'])],
  ['types of the tests in VS Code', () => check(path.join(BIN, 'tsc'), ['-p', 'test/vscode'])],
  ['unused files, exports and packages', () => check(path.join(BIN, 'knip'), [])],
  ['bundles', () => check(process.execPath, ['esbuild.mjs'])],
  ['unit tests', () => vitest('unit')],
  ['tests with real MLflow', () => vitest('python')],
  ['tests in a real VS Code', vscode],
];

const rows: { title: string; outcome: Outcome; seconds: number }[] = [];
for (const [title, work] of STAGES) {
  console.log(`\n=== ${title} ===`);
  const started = Date.now();
  rows.push({ title, outcome: await work(), seconds: (Date.now() - started) / 1000 });
}

console.log('');
for (const { title, outcome, seconds } of rows) {
  const { passed, failed, skipped } = outcome;
  console.log(`${failed > 0 ? '✗' : '✓'} ${title}: ${passed}/${passed + failed + skipped} in ${seconds.toFixed(0)} s`);
}
for (const { outcome } of rows) {
  for (const name of outcome.unsteady ?? []) console.log(`passed only when it was run again: ${name}`);
  for (const name of outcome.failures ?? []) console.log(`failed: ${name}`);
}
const sum = (pick: (outcome: Outcome) => number) => rows.reduce((total, { outcome }) => total + pick(outcome), 0);
const failed = sum((outcome) => outcome.failed);
console.log(`\n${sum((o) => o.passed)} passed, ${failed} failed, ${sum((o) => o.skipped)} skipped`);
process.exit(failed > 0 ? 1 : 0);
