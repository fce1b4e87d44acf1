import { defineConfig } from 'vitest/config';

/** `unit` needs Node alone; `python` needs the environments of `test/python/`; `vscode` drives the real editor. */
export default defineConfig({
  test: {
    // Much of the time goes into waiting for processes, so that no core needs to be kept free.
    maxWorkers: '100%',
    // Servers of tests are the same on a machine that many people use.
    env: { MLFLOW_WORKBENCH_TOKEN_MODE: 'none' },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/python/**', 'test/vscode/**'],
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'python',
          include: ['test/python/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'vscode',
          include: ['test/vscode/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
