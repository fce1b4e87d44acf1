import { describe, expect, test } from 'vitest';
import { createRouter } from '../../src/server/router.ts';
import { ROUTES } from '../../src/server/routes.ts';
import { hasPython, MLFLOW_VERSIONS, runProgram } from './environments.ts';

/** Not the API: MLflow's pages themselves, a misprint of its own, and how it shows its GraphQL to a browser. */
const LEFT_OUT = [/^\/$/, /^\/(?:static-files|build)\//, /^\/(?:ajax-)?api\/2\.0mlflow\//, /^\/graphql$/];
/** MLflow 2.22 registers MLflow 3's assessments below version 2 of the API, where no client of either looks for them. */
const NEVER_CALLED = /^\/(?:ajax-)?api\/2\.0\/mlflow\/traces\/(?:<trace_id>$|\{assessment\.trace_id\})/;

describe.runIf(hasPython()).each(MLFLOW_VERSIONS)('of the endpoints of MLflow %s', (version) => {
  test('each one is served, or known and not supported', async () => {
    const environment = { MLFLOW_ALLOW_FILE_STORE: 'true' };
    const endpoints = (await runProgram(version, 'list_endpoints.py', [], { environment })) as [string, string][];
    const router = createRouter(ROUTES);
    const unknown = endpoints
      .filter(([, path]) => !LEFT_OUT.some((pattern) => pattern.test(path)) && !NEVER_CALLED.test(path))
      .filter(([method, path]) => {
        const found = router(method, path.replace(/<[^>]+>/g, 'x'));
        return found === undefined || !('route' in found);
      });
    expect(unknown).toEqual([]);
    expect(endpoints.length).toBeGreaterThan(100);
  });
});
