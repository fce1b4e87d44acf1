import { invalidParameter } from '../entities/error.ts';
import { parseJson } from '../entities/jsonText.ts';
import type { ApiRequest } from './http.ts';
import { RefusedBody } from './response.ts';

/** bytes of a JSON body: many times of what a message about one thing takes. */
const MAX_BODY = 1_000_000;
/**
 * bytes of one that carries documents: the profile of a dataset alone may have 16 million characters by MLflow's limits,
 * and a batch that keeps to all of them more than 1 MB, of which its clients write each letter beyond ASCII in 6 bytes.
 */
const MAX_DOCUMENTS = 32 * 1024 * 1024;
/** Three times as many as the largest batch has: reading them with all their digits takes long. */
const MAX_VALUES = 30_000;
const JSON_TYPE = 'application/json';

/**
 * The JSON object that the body holds; an empty one where there is no body.
 * @param carriesDocuments whether the body may be so large.
 */
export async function readJsonBody(request: ApiRequest, carriesDocuments = false): Promise<object> {
  checkContentType(request);
  const text = await readText(request, carriesDocuments ? MAX_DOCUMENTS : MAX_BODY);
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
    throw wrongType('Bad Request. Content-Type header is missing.');
  }
  if (type.split(';')[0]?.trim().toLowerCase() !== JSON_TYPE) {
    throw wrongType(`Bad Request. Content-Type must be one of ['${JSON_TYPE}'].`);
  }
}

/** MLflow's words and code; its status is 400. */
function wrongType(message: string): Error {
  return new RefusedBody(415, message, 'INVALID_PARAMETER_VALUE');
}

async function readText(request: ApiRequest, limit: number): Promise<string> {
  const isTooLong = Number(request.header('content-length') ?? 0) > limit;
  const bytes = isTooLong ? undefined : await request.readBody(limit);
  if (bytes === undefined) throw new RefusedBody(413, `The JSON body is larger than ${limit} bytes.`);
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
    return parseJson(text, MAX_VALUES);
  } catch (error) {
    throw invalidParameter(`Bad Request. The body is not valid JSON: ${(error as Error).message}`);
  }
}
