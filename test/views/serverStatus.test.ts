import { describe, expect, test } from 'vitest';
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

describe('how changes of other programs are found', () => {
  const tooltip = (watching: ServerSummary['watching']) => serverStatus([{ ...running, watching }])?.tooltip;

  test('is told in the tooltip, with the reason where it is not at once', () => {
    expect(tooltip({ mode: 'events' })).toContain('Changes by other programs: seen at once');
    expect(tooltip({ mode: 'polling', reason: '/data is on a network drive (NFS)' })).toContain(
      'looked for every second, because /data is on a network drive',
    );
    expect(tooltip(undefined)).not.toContain('Changes');
  });

  test('is a word in the item, also for those who hear it, only where it is by looking', () => {
    const polling = serverStatus([{ ...running, watching: { mode: 'polling', reason: 'NFS' } }]);
    expect(polling).toMatchObject({
      text: '$(server) 127.0.0.1:5000 · polling',
      accessibleLabel: 'MLflow: 127.0.0.1:5000 · polling',
      isWarning: false,
    });
    expect(serverStatus([{ ...running, watching: { mode: 'events' } }])?.text).toBe('$(server) 127.0.0.1:5000');
  });
});
