import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { installVsCode, ROOT } from '../../scripts/installVsCode.ts';

/** bytes; a hard cap, not a goal. */
const LARGEST = 1_500_000;

test('the package is small, holds no sources, and installs', async () => {
  execFileSync(process.execPath, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'scripts/package.ts'], {
    cwd: ROOT,
  });
  const vsix = path.join(ROOT, 'dist', 'mlflow-workbench.vsix');
  expect(fs.statSync(vsix).size).toBeLessThan(LARGEST);

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'package-'));
  try {
    const folders = [
      '--server-data-dir',
      path.join(folder, 'data'),
      '--extensions-dir',
      path.join(folder, 'extensions'),
    ];
    const said = execFileSync(process.execPath, [await installVsCode(), ...folders, '--install-extension', vsix]);
    expect(said.toString()).toContain('successfully installed');
    const [installed] = fs.readdirSync(path.join(folder, 'extensions')).filter((name) => name.includes('workbench'));
    const files = fs.readdirSync(path.join(folder, 'extensions', installed ?? ''), {
      recursive: true,
      encoding: 'utf8',
    });
    expect(files).toEqual(expect.arrayContaining(['dist/extension.js', 'dist/cli.js', 'dist/languageServer.js']));
    expect(files.filter((file) => /\.(ts|map)$|^(src|test|node_modules)/.test(file))).toEqual([]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
