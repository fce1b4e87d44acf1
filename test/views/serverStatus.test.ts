import { expect, test } from 'vitest';
import { type ServerSummary, serverStatus } from '../../src/views/serverStatus.ts';

const running: ServerSummary = { folder: 'wine', kind: 'running', url: 'http://127.0.0.1:5000' };

test('a running server is told by its address', () => {
  expect(serverStatus([running])).toMatchObject({ text: '$(server) 127.0.0.1:5000', isWarning: false });
});

test('several running servers are counted', () => {
  expect(serverStatus([running, running])?.text).toBe('$(server) 2 MLflow servers');
});

test('folders that never had a server do not count', () => {
  expect(serverStatus([{ folder: 'docs', kind: 'off' }])).toBeUndefined();
  expect(serverStatus([running, { folder: 'docs', kind: 'off' }])?.text).toBe('$(server) 127.0.0.1:5000');
});

test('one that starts turns, one that failed warns and says why', () => {
  expect(serverStatus([running, { folder: 'b', kind: 'starting' }])?.text).toContain('~spin');
  const failed = serverStatus([running, { folder: 'b', kind: 'failed', message: 'disk full' }]);
  expect(failed).toMatchObject({ text: '$(warning) MLflow server failed', isWarning: true });
  expect(failed?.tooltip).toContain('disk full');
});

test('a stopped one stays in sight', () => {
  expect(serverStatus([{ folder: 'wine', kind: 'stopped' }])?.text).toBe('$(debug-stop) MLflow stopped');
});
