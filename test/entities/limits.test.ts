import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { artifactSegments } from '../../src/entities/artifactPath.ts';
import { MlflowError } from '../../src/entities/error.ts';
import {
  checkArtifactLocation,
  checkBatch,
  checkExperimentId,
  checkFileNames,
  checkKey,
  checkModelId,
  checkRunId,
  checkTraceId,
  truncateParam,
  truncateTag,
} from '../../src/entities/limits.ts';

describe('the name of a file', () => {
  const on = (platform: NodeJS.Platform) => (name: string) => checkFileNames(name, '', platform);

  test.each(['con', 'AUX', 'nul.txt', 'a/com1/b', 'LPT¹', 'ends.', 'ends ', 'a:b', 'file:stream', 'a?b', 'x/aux/loss'])(
    '%j is none on Windows alone',
    (name) => {
      expect(() => on('win32')(name)).toThrow(MlflowError);
      expect(() => on('linux')(name)).not.toThrow();
      expect(() => on('darwin')(name)).not.toThrow();
    },
  );

  test.each(['nul', 'COM1', 'con'])('%j is no trace on Windows', (traceId) => {
    expect(() => checkTraceId(traceId, 'win32')).toThrow(MlflowError);
    expect(() => checkTraceId(traceId, 'linux')).not.toThrow();
  });

  test.each(['CON', 'a/nul.txt', 'file:stream', 'a/b:$DATA', 'ends.', 'a./b'])(
    '%j is no artifact on Windows',
    (path) => {
      expect(() => artifactSegments(path, 'win32')).toThrow(MlflowError);
      expect(artifactSegments(path, 'linux').join('/')).toBe(path);
    },
  );

  test.each(['console', 'aux1', 'auxiliary/loss', 'com', 'com10x', '.hidden', 'größe', 'a b'])('%j is one', (name) => {
    expect(() => on('win32')(name)).not.toThrow();
  });

  test.each(['x'.repeat(256), 'é'.repeat(128), `a/${'x'.repeat(256)}`])('longer than 255 bytes is none', (name) => {
    for (const platform of ['win32', 'linux', 'darwin'] as const)
      expect(() => on(platform)(name)).toThrow('name of a file');
  });
});

describe('a key', () => {
  test.each(['a', 'a/b/c', 'loss@'.slice(0, 4), 'größe 精', 'a.b-c_d e:f', '.hidden', 'aux/loss', 'x'.repeat(250)])(
    '%j is one',
    (key) => expect(() => checkKey(key, 'key')).not.toThrow(),
  );

  test.each([
    '',
    '.',
    '..',
    '/',
    '/a',
    'a/',
    'a//b',
    './a',
    'a/../b',
    '../a',
    'a\\b',
    'a\0',
    'a\n',
    '@',
    'x'.repeat(251),
  ])('%j is none', (key) => expect(() => checkKey(key, 'key')).toThrow(MlflowError));

  test('is a path below its folder, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (key) => {
        try {
          checkKey(key, 'key');
        } catch (error) {
          expect(error).toBeInstanceOf(MlflowError);
          return;
        }
        const segments = key.split('/');
        expect(segments.some((segment) => ['', '.', '..'].includes(segment))).toBe(false);
        expect(key).not.toMatch(/[\\\0]/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('ids', () => {
  const checks = { checkRunId, checkExperimentId, checkTraceId };
  test.each(Object.entries(checks))('%s takes what can be a folder’s name alone', (_, check) => {
    for (const id of ['0', 'abc', 'A-b_c', '0'.repeat(32)]) expect(() => check(id)).not.toThrow();
    for (const id of ['', '.', '..', '-a', '_a', 'a/b', 'a.b', 'é', 'a b', 'a\n', 'x'.repeat(300)]) {
      expect(() => check(id), id).toThrow(MlflowError);
    }
  });

  test('of models have a prefix', () => {
    expect(() => checkModelId(`m-${'0'.repeat(32)}`)).not.toThrow();
    for (const id of ['m-', 'x-1', 'm-a/b', '../m-1']) expect(() => checkModelId(id)).toThrow(MlflowError);
  });
});

describe('a batch', () => {
  const metric = { key: 'm', value: 1, timestamp: 1, step: 0 };
  const params = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `p${at}`, value: '' }));

  test('has its limits', () => {
    expect(() => checkBatch({ metrics: Array(1_000).fill(metric) })).not.toThrow();
    expect(() => checkBatch({ metrics: Array(1_001).fill(metric) })).toThrow('at most 1000 metrics. Got 1001 metrics');
    expect(() => checkBatch({ params: params(101) })).toThrow('at most 100 params');
    expect(() => checkBatch({ tags: params(101) })).toThrow('at most 100 tags');
    expect(() => checkBatch({ metrics: Array(950).fill(metric), params: params(51) })).toThrow(
      'metrics, params, and tags',
    );
  });

  test('names what is wrong', () => {
    expect(() => checkBatch({ metrics: [metric, { ...metric, key: '../x' }] })).toThrow("'metrics[1].name'");
    expect(() => checkBatch({ metrics: [{ ...metric, timestamp: -1 }] })).toThrow("metric 'm' (value=1.0). Timestamp");
    expect(() => checkBatch({ params: [...params(1), ...params(1)] })).toThrow("submitted: ['p0']");
  });

  test('long values are cut', () => {
    expect(truncateParam({ key: 'p', value: 'x'.repeat(7_000) }).value).toHaveLength(6_000);
    expect(truncateTag({ key: 't', value: 'x'.repeat(9_000) }).value).toHaveLength(8_000);
  });
});

describe('an artifact location', () => {
  test.each(['s3://bucket/a', 'file:///data', '/data', 'rel/dir', 'mlflow-artifacts:/x', 'file://localhost/data'])(
    '%s is one',
    (location) => expect(() => checkArtifactLocation(location)).not.toThrow(),
  );

  test.each([
    's3://b/a#b',
    'http://h/a;b',
    's3://b/../a',
    '/a\0b',
    'runs:/abc',
    'file://host/a',
    `/${'x'.repeat(2_048)}`,
    'file:///a/%2e%2e/b',
    's3://b/%252e%252e/a',
    's3://b/%ff/%2e%2e/a',
    'file://HOST/a',
    'FILE://host/a',
    'file:////host/share',
    '\\\\host\\share',
    'C:foo',
  ])('%s is none', (location) => {
    for (const platform of ['linux', 'win32'] as const) {
      expect(() => checkArtifactLocation(location, platform)).toThrow(MlflowError);
    }
  });

  test.each(['C:\\data', 'c:/data'])('%s is one on Windows alone', (location) => {
    expect(() => checkArtifactLocation(location, 'win32')).not.toThrow();
    expect(() => checkArtifactLocation(location, 'linux')).toThrow(MlflowError);
  });
});
