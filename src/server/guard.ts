import type { ApiRequest, ApiResponse } from './http.ts';
import { textResponse } from './response.ts';

/** Says why a request may not be answered; `undefined` where it may. */
export type Guard = (request: Pick<ApiRequest, 'header'>) => ApiResponse | undefined;

/**
 * Lets in what runs on this machine and knows the port, and no page of a browser but our own: a foreign name for
 * 127.0.0.1 is DNS rebinding (CVE-2025-14279), a foreign origin is cross-site request forgery. Reads are no exception:
 * runs hold paths, parameters and results.
 */
export function createGuard(port: number): Guard {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  return ({ header }) => {
    const host = header('host')?.toLowerCase() ?? '';
    if (!hosts.has(host)) return textResponse(403, 'Invalid Host header - possible DNS rebinding attack detected');
    const origin = header('origin');
    if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) return crossOrigin();
    const site = header('sec-fetch-site');
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return crossOrigin();
    return undefined;
  };
}

function crossOrigin(): ApiResponse {
  return textResponse(403, 'Cross-origin request blocked');
}
