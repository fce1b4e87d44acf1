import { invalidParameter } from '../entities/error.ts';
import { parseJson } from '../entities/jsonText.ts';
import type { ApiRequest } from './http.ts';
import { BodyTooLarge } from './response.ts';

/** bytes of a JSON body: many times of what a client sends in one request. */
const MAX_JSON_BODY = 16 * 1024 * 1024;
const JSON_TYPE = 'application/json';

/** The JSON object that the body holds; an empty one where there is no body. */
export async function readJsonBody(request: ApiRequest): Promise<object> {
  checkContentType(request);
  const text = await readText(request);
  return text === '' ? {} : parseObject(text);
}

/**
 * A page of another origin can send text and forms without asking first, JSON it cannot (Fetch, CORS-safelisted request
 * headers): the type is required.
 */
function checkContentType(request: ApiRequest): void {
  const type = request.header('content-type');
  if (type === JSON_TYPE) return;
  if (type === undefined) {
    if (request.method === 'DELETE') return;
    throw invalidParameter('Bad Request. Content-Type header is missing.');
  }
  if (type.split(';')[0]?.trim().toLowerCase() !== JSON_TYPE) {
    throw invalidParameter(`Bad Request. Content-Type must be one of ['${JSON_TYPE}'].`);
  }
}

async function readText(request: ApiRequest): Promise<string> {
  const isTooLong = Number(request.header('content-length') ?? 0) > MAX_JSON_BODY;
  const bytes = isTooLong ? undefined : await request.readBody(MAX_JSON_BODY);
  if (bytes === undefined) throw new BodyTooLarge(MAX_JSON_BODY);
  return bytes.toString();
}

/** Old clients send a string that holds the JSON. */
function parseObject(text: string): object {
  const value = parse(text);
  const inner = typeof value === 'string' ? parse(value) : value;
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) {
    throw invalidParameter('Bad Request. The body must be a JSON object.');
  }
  return inner;
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw invalidParameter(`Bad Request. The body is not valid JSON: ${(error as Error).message}`);
  }
}
