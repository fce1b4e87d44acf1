import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { run, step } from './run.ts';

const VERSION = '4.139.1';

/** The checkout, whose `.vscode-test/` holds the editor. */
export const ROOT = path.dirname(import.meta.dirname);
const FOLDER = path.join(ROOT, '.vscode-test', `code-server-${VERSION}`);
const VSCODE = path.join(FOLDER, 'lib', 'vscode');

/**
 * Puts the VS Code that the npm package `code-server` carries into `.vscode-test/`, once. Its own install scripts would
 * compile natives that nothing here needs, so it is unpacked and its dependencies are installed without scripts.
 * @returns the path of VS Code's server program.
 */
export async function installVsCode(): Promise<string> {
  const complete = path.join(FOLDER, '.complete');
  if (!fs.existsSync(complete)) {
    await step('Getting VS Code from npm (once, about 50 MB)', async () => {
      fs.rmSync(FOLDER, { recursive: true, force: true });
      fs.mkdirSync(FOLDER, { recursive: true });
      await run('npm', ['pack', `code-server@${VERSION}`, '--silent', '--pack-destination', FOLDER], { quiet: true });
      const archive = `code-server-${VERSION}.tgz`;
      await run('tar', ['-xzf', archive, '--strip-components=1'], { cwd: FOLDER, quiet: true });
      fs.rmSync(path.join(FOLDER, archive));
    });
    await step("Installing VS Code's own packages", async () => {
      for (const folder of [VSCODE, path.join(VSCODE, 'extensions')]) {
        await run('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
          cwd: folder,
          quiet: true,
        });
      }
    });
    replaceNatives();
    fs.writeFileSync(complete, '');
  }
  return path.join(VSCODE, 'out', 'server-main.js');
}

/**
 * Two native modules were not compiled. Every log and output channel is written through spdlog, so that plain JavaScript
 * takes its place; the watchdog only ends an extension host whose parent hangs.
 */
function replaceNatives(): void {
  const modules = path.join(VSCODE, 'node_modules', '@vscode');
  fs.writeFileSync(path.join(modules, 'spdlog', 'index.js'), SPDLOG);
  fs.writeFileSync(path.join(modules, 'native-watchdog', 'index.js'), 'exports.start = () => {};\n');
}

/** VS Code imports the names one by one, so each is assigned to `exports` by itself. */
const SPDLOG = `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
class Logger {
  constructor(_kind, _name, file) { this.file = file; this.level = 2; this.formatted = true; fs.mkdirSync(path.dirname(file), { recursive: true }); }
  log(level, text) {
    if (level < this.level) return;
    const line = this.formatted ? new Date().toISOString() + ' [' + LEVELS[level] + '] ' + text + '\\n' : text;
    try { fs.appendFileSync(this.file, line); } catch {}
  }
  trace(text) { this.log(0, text); }
  debug(text) { this.log(1, text); }
  info(text) { this.log(2, text); }
  warn(text) { this.log(3, text); }
  error(text) { this.log(4, text); }
  critical(text) { this.log(5, text); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.formatted = false; }
  setPattern() {}
  flush() {}
  drop() {}
}
const create = async (name, file) => new Logger('rotating', name, file);
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** Whether a desktop VS Code can be started by its command; the one inside a remote terminal only talks to a window. */
export function hasDesktopVsCode(): boolean {
  if (process.env.VSCODE_IPC_HOOK_CLI) return false;
  return spawnSync('code', ['--version'], { shell: process.platform === 'win32', stdio: 'ignore' }).status === 0;
}
