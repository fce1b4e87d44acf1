// `npm run test:desktop`: the tests inside the extension host, in a downloaded desktop VS Code.
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { ROOT } from './installVsCode.ts';
import { run } from './run.ts';

await run(process.execPath, ['esbuild.mjs', '--tests'], { cwd: ROOT });
await runTests({
  extensionDevelopmentPath: ROOT,
  extensionTestsPath: path.join(ROOT, 'dist', 'test', 'index.js'),
  launchArgs: [path.join(ROOT, 'samples', 'elasticnet'), '--disable-extensions', '--disable-workspace-trust'],
});
