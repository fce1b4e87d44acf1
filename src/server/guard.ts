import type { ApiRequest, ApiResponse } from './http.ts';
import { textResponse } from './response.ts';

/** Says why a request may not be answered; `undefined` where it may. */
export type Guard = (request: Pick<ApiRequest, 'header' | 'method' | 'path'>) => ApiResponse | undefined;

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Lets in what runs on this machine and knows the port, and no page of a browser but our own: a foreign name for
 * 127.0.0.1 is DNS rebinding (CVE-2025-14279), a foreign origin is cross-site request forgery. Reads are no exception:
 * runs hold paths, parameters and results. Following a link to the start page is harmless: no other page reads it.
 * @param moreHosts names by which the server may be called beside those of this machine itself.
 */
export function createGuard(port: number, moreHosts: readonly string[] = []): Guard {
  const hosts = new Set([...LOOPBACK_NAMES, ...moreHosts].map((name) => `${name.toLowerCase()}:${port}`));
  return (request) => {
    const host = request.header('host')?.toLowerCase() ?? '';
    if (!hosts.has(host)) return textResponse(403, 'Invalid Host header - possible DNS rebinding attack detected');
    const origin = request.header('origin');
    if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) return crossOrigin();
    const site = request.header('sec-fetch-site');
    const isVisit = request.method === 'GET' && request.path === '/' && request.header('sec-fetch-mode') === 'navigate';
    if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isVisit) return crossOrigin();
    return undefined;
  };
}

function crossOrigin(): ApiResponse {
  return textResponse(403, 'Cross-origin request blocked');
}
