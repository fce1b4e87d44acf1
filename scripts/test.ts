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
}

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
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

async function vitest(project: string): Promise<Outcome> {
  const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'report-')), 'vitest.json');
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ended = await check(path.join(BIN, 'vitest'), args);
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = JSON.parse(fs.readFileSync(report, 'utf8')) as Report;
  fs.rmSync(path.dirname(report), { recursive: true });
  // A file that could not be loaded, or a failing hook, has no test to count.
  const brokenFiles = counts.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = counts.numFailedTests + brokenFiles.length;
  return {
    passed: counts.numPassedTests,
    failed: failed === 0 ? ended.failed : failed,
    skipped: counts.numPendingTests + counts.numTodoTests,
  };
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
const sum = (pick: (outcome: Outcome) => number) => rows.reduce((total, { outcome }) => total + pick(outcome), 0);
const failed = sum((outcome) => outcome.failed);
console.log(`\n${sum((o) => o.passed)} passed, ${failed} failed, ${sum((o) => o.skipped)} skipped`);
process.exit(failed > 0 ? 1 : 0);
