import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../../scripts/installVsCode.ts';

/** Ends the tracking server of a store, which outlives its window by design. */
export function stopServer(store: string, cache: string): void {
  const args = ['server', '--backend-store-uri', store, '--stop'];
  const env = { ...process.env, MLFLOW_WORKBENCH_CACHE: cache };
  execFileSync(process.execPath, [path.join(ROOT, 'dist', 'cli.js'), ...args], { env });
}
