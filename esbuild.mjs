// Bundles the three programs and the webviews into dist/. `--watch` rebuilds on change, `--minify` is for the package.
import fs from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';

const flags = new Set(process.argv.slice(2));
const root = import.meta.dirname;
const dist = path.join(root, 'dist');

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  logLevel: 'warning',
  minify: flags.has('--minify'),
  outdir: 'dist',
  sourcemap: flags.has('--minify') ? false : 'linked',
};

/** vscode-languageclient alone costs some 40 ms to load: its bundle is read when the first MLproject file is opened. */
const lazyLanguageClient = {
  name: 'lazy-language-client',
  setup(build) {
    build.onResolve({ filter: /\/languageClient\.ts$/ }, () => ({ path: './languageClient.js', external: true }));
  },
};

/** @type {esbuild.BuildOptions} */
const node = { ...shared, platform: 'node', target: 'node22', format: 'cjs', external: ['vscode'] };

/** A program that finds its own threads beside it. */
const program = {
  ...node,
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const webviews = fs
  .readdirSync(path.join(root, 'webview'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(root, 'webview', entry.name, 'main.ts')))
  .map((entry) => ({ in: `webview/${entry.name}/main.ts`, out: `webview/${entry.name}` }));

/** @type {esbuild.BuildOptions[]} */
const builds = [
  { ...node, entryPoints: ['src/extension.ts'], plugins: [lazyLanguageClient] },
  { ...node, entryPoints: ['src/vscode/languageClient.ts'], entryNames: '[name]' },
  { ...program, entryPoints: ['src/languageServer.ts'] },
  { ...program, entryPoints: ['src/cli.ts'], banner: { js: `#!/usr/bin/env node\n${program.banner.js}` } },
  { ...program, entryPoints: ['src/tracking/file/index/scanWorker.ts'] },
  { ...shared, entryPoints: webviews, platform: 'browser', target: 'es2022', format: 'iife' },
];
if (flags.has('--tests')) {
  builds.push({ ...node, entryPoints: [{ in: 'test/vscode/inHost/index.ts', out: 'test/index' }] });
}

fs.rmSync(dist, { recursive: true, force: true });
fs.mkdirSync(path.join(dist, 'webview'), { recursive: true });
for (const file of ['codicon.css', 'codicon.ttf']) {
  fs.copyFileSync(path.join(root, 'node_modules/@vscode/codicons/dist', file), path.join(dist, 'webview', file));
}

if (flags.has('--watch')) {
  for (const options of builds) await (await esbuild.context({ ...options, logLevel: 'info' })).watch();
} else {
  await Promise.all(builds.map((options) => esbuild.build(options)));
  fs.chmodSync(path.join(dist, 'cli.js'), 0o755);
}
