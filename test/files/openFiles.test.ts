import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { OpenFiles } from '../../src/files/openFiles.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';

/** ms; longer than a test takes, which closes the files itself. */
const HOLD = 60_000;

/** A run's folder with a metric to which two lines have been appended: the second while the file was kept open. */
function setUp(before = '') {
  const folder: TemporaryFolder = temporaryFolder();
  const errors: unknown[] = [];
  const files = new OpenFiles((error) => errors.push(error), HOLD);
  onTestFinished(() => {
    files.close();
    folder[Symbol.dispose]();
  });
  const run = path.join(folder.path, 'run');
  fs.mkdirSync(run);
  const file = path.join(run, 'metrics', 'loss');
  if (before !== '') folder.write('run/metrics/loss', before);
  const append = (line: string) => files.open(file, run).append(line);
  append('1 0.5 0\n');
  append('2 0.4 1\n');
  return { folder, run, file, files, errors, append, text: (at = file) => fs.readFileSync(at, 'utf8') };
}

test('lines are in the file at once, and once', () => {
  const { files, text, errors } = setUp();
  expect(text()).toBe('1 0.5 0\n2 0.4 1\n');
  files.close();
  expect(text()).toBe('1 0.5 0\n2 0.4 1\n');
  expect(errors).toEqual([]);
});

test('a file that is replaced while it is open gets the lines that went into the one before', () => {
  const { folder, file, files, text } = setUp('0 0.6 0\n');
  fs.renameSync(folder.write('new', '0 0.6 0\n1 0.5 0\n'), file);
  files.close();
  expect(text()).toBe('0 0.6 0\n1 0.5 0\n2 0.4 1\n');
});

test('a file that is removed while it is open comes back with the lines', () => {
  const { file, files, text } = setUp('0 0.6 0\n');
  fs.unlinkSync(file);
  files.close();
  expect(text()).toBe('2 0.4 1\n');
});

test('a folder that is removed stays away', () => {
  const { run, files, errors } = setUp('0 0.6 0\n');
  fs.rmSync(run, { recursive: true });
  files.close();
  expect(fs.existsSync(run)).toBe(false);
  expect(errors).toEqual([]);
});

test('a folder that is moved takes the lines along, and none appears at its old place', () => {
  const { folder, run, files, append, text } = setUp('0 0.6 0\n');
  const moved = path.join(folder.path, 'trash');
  fs.renameSync(run, moved);
  append('3 0.3 2\n');
  files.close();
  expect(text(path.join(moved, 'metrics', 'loss'))).toBe('0 0.6 0\n1 0.5 0\n2 0.4 1\n3 0.3 2\n');
  expect(fs.existsSync(run)).toBe(false);
});

test('what another program began meanwhile and never ended does not swallow a line', () => {
  const { file, files, append, text } = setUp('0 0.6 0\n');
  fs.appendFileSync(file, '9 0.');
  append('3 0.3 2\n');
  files.close();
  expect(text().split('\n')).toEqual(['0 0.6 0', '1 0.5 0', '2 0.4 1', '9 0.3 0.3 2', '3 0.3 2', '']);
});

test('lines between which others write are not appended twice', () => {
  const { file, files, append, text } = setUp('0 0.6 0\n');
  fs.appendFileSync(file, '9 0.1 9\n');
  append('3 0.3 2\n');
  files.close();
  expect(text()).toBe('0 0.6 0\n1 0.5 0\n2 0.4 1\n9 0.1 9\n3 0.3 2\n');
});

test('where lines cannot be made good, that is told', () => {
  const { file, files, errors } = setUp('0 0.6 0\n');
  fs.unlinkSync(file);
  fs.mkdirSync(file);
  files.close();
  expect(errors).toMatchObject([{ code: 'EISDIR' }]);
});

test('files are closed after a moment by themselves', async () => {
  using folder = temporaryFolder();
  const files = new OpenFiles(() => {}, 1);
  const file = path.join(folder.path, 'loss');
  files.open(file, folder.path).append('1 0.5 0\n');
  expect(isOpen(file)).toBe(process.platform === 'linux');
  await expect.poll(() => isOpen(file)).toBe(false);
});

/** Whether this process has a file open, as Linux shows it; false elsewhere. */
function isOpen(file: string): boolean {
  if (process.platform !== 'linux') return false;
  const handles = fs.readdirSync('/proc/self/fd').map((fd) => `/proc/self/fd/${fd}`);
  return handles.some((handle) => fs.existsSync(handle) && fs.readlinkSync(handle) === file);
}
