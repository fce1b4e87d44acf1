import { describe, expect, test } from 'vitest';
import { Rest } from '../../src/client/rest.ts';
import type { ApiResponse } from '../../src/server/http.ts';
import { appFetch } from '../server/appFetch.ts';

/** A server that answers every request alike, and remembers them. */
function serverThatAnswers(status: number, body: string, headers: Record<string, string> = {}) {
  const requests: { method: string; path: string; query: string; authorization: string | undefined }[] = [];
  const answer: ApiResponse = { status, headers, body };
  const app = appFetch(async ({ method, path, query, header }) => {
    requests.push({ method, path, query: query.toString(), authorization: header('authorization') });
    return answer;
  });
  return { rest: new Rest('http://localhost:1/', { fetch: app }), requests, app };
}

describe('an error', () => {
  test('is MLflow’s where the server tells it', async () => {
    const { rest } = serverThatAnswers(404, '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no run"}');
    await expect(rest.get('/runs/get')).rejects.toMatchObject({
      name: 'MlflowError',
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: 'no run',
    });
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND'],
    [429, 'REQUEST_LIMIT_EXCEEDED'],
    [500, 'INTERNAL_ERROR'],
    [501, 'NOT_IMPLEMENTED'],
    [502, 'INTERNAL_ERROR'],
    [503, 'TEMPORARILY_UNAVAILABLE'],
  ])('%i with a page of HTML is %s', async (status, code) => {
    const { rest } = serverThatAnswers(status, '<!doctype html><h1>Sorry</h1>');
    await expect(rest.get('/runs/get')).rejects.toMatchObject({ name: 'MlflowError', code });
  });

  test('of the connection is one of another kind', async () => {
    const rest = new Rest('http://127.0.0.1:1');
    await expect(rest.get('/runs/get')).rejects.toThrow(TypeError);
  });
});

test('a query repeats lists and leaves out what is absent', async () => {
  const { rest, requests } = serverThatAnswers(200, '{}');
  await rest.get('/x', { a: 'b c&d', list: ['1', '2'], no: undefined, n: 5, flag: true });
  await rest.get('/x');
  expect(requests.map(({ query }) => query)).toEqual(['a=b+c%26d&list=1&list=2&n=5&flag=true', '']);
});

test('a token is sent as a bearer token, and not in the URL', async () => {
  const { requests, app } = serverThatAnswers(200, '{}');
  await new Rest('http://localhost', { fetch: app, token: 'secret' }).get('/x');
  expect(requests).toEqual([{ method: 'GET', path: '/api/2.0/mlflow/x', query: '', authorization: 'Bearer secret' }]);
});

test('an empty body is an empty message', async () => {
  const { rest } = serverThatAnswers(200, '');
  expect((await rest.post('/x', {})).optionalText('a')).toBeUndefined();
});

test('integers keep their digits', async () => {
  const { rest } = serverThatAnswers(200, '{"step":9223372036854775807,"text":"9223372036854775807"}');
  const reply = await rest.get('/x');
  expect([reply.integer('step'), reply.integer('text')]).toEqual([9223372036854775807n, 9223372036854775807n]);
});
