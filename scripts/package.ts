// `npm run package`: dist/mlflow-workbench.vsix, from a minified build.
import fs from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { ROOT } from './installVsCode.ts';
import { run, step } from './run.ts';

const packagePath = path.join(ROOT, 'dist', 'mlflow-workbench.vsix');

await step('Building', () => run(process.execPath, ['esbuild.mjs', '--minify'], { cwd: ROOT, quiet: true }));
await step('Packaging', () =>
  createVSIX({
    cwd: ROOT,
    packagePath,
    // Everything is bundled, so that no dependency goes along; the README's pictures do.
    dependencies: false,
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  }),
);
console.log(`${path.relative(ROOT, packagePath)}: ${Math.round(fs.statSync(packagePath).size / 1024)} KB`);
