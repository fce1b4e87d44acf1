import { describe, expect, test } from 'vitest';
import { startServer } from '../support/serverProcess.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { hasPython, MLFLOW_VERSIONS, runProgram } from './environments.ts';

const TOKEN = 'a-token_of/some+kind=:1';

/** Programs that MLflow's variables tell the token need no change. */
describe.runIf(hasPython()).each(MLFLOW_VERSIONS)('the client of MLflow %s and a token', (version) => {
  test('comes in by MLFLOW_TRACKING_TOKEN or MLFLOW_TRACKING_PASSWORD, and not without', async () => {
    using folder = temporaryFolder();
    const ends: unknown[] = [];
    const ways = [
      { MLFLOW_TRACKING_TOKEN: TOKEN },
      { MLFLOW_TRACKING_USERNAME: 'anybody', MLFLOW_TRACKING_PASSWORD: TOKEN },
      { MLFLOW_TRACKING_TOKEN: 'another' },
      { MLFLOW_TRACKING_USERNAME: TOKEN, MLFLOW_TRACKING_PASSWORD: 'another' },
      {},
    ];
    for (const [at, environment] of ways.entries()) {
      const server = await startServer(folder.join(`store${at}`), [], { MLFLOW_WORKBENCH_TOKEN: TOKEN });
      try {
        ends.push(await runProgram(version, 'with_token.py', [server.url], { cwd: folder.path, environment }));
        expect(server.output()).not.toContain(TOKEN);
      } finally {
        await server.stop();
      }
    }
    const inside = { params: { p: '1' }, metrics: { m: 0.5 }, text: 'text' };
    const outside = { error: expect.stringContaining('MLFLOW_TRACKING_TOKEN') };
    expect(ends).toEqual([inside, inside, outside, outside, outside]);
  });
});
