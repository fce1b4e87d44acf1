import { decodePath } from './paths.ts';
import type { Route } from './route.ts';

/** MLflow serves each endpoint for programs and for its pages; which version it came with rarely matters to us. */
const API = /^\/(?:ajax-)?api\/([23]\.0)(?:\/preview(?=\/mlflow\/))?(\/[^/].*)$/;

export interface Match {
  readonly route: Route;
  readonly values: Readonly<Record<string, string>>;
}

/** What a path leads to: a route, the methods it would have for other requests, or nothing. */
type Found = Match | { readonly allowed: readonly string[] } | undefined;

export type Router = (method: string, path: string) => Found;

interface Pattern {
  readonly expression: RegExp;
  readonly route: Route;
}

const NONE: Match['values'] = {};

export function createRouter(routes: readonly Route[]): Router {
  const fixed = new Map<string, Match>();
  const patterns: Pattern[] = [];
  for (const route of routes) {
    if (route.path.includes('{')) patterns.push({ expression: compile(route.path), route });
    else fixed.set(`${route.method} ${route.path}`, { route, values: NONE });
  }

  return (method, path) => {
    const [, version, rest] = API.exec(path) ?? [];
    const local = rest ?? `/${path}`;
    const exact = `/${version}${local}`;
    const direct = fixed.get(`${method} ${local}`) ?? fixed.get(`${method} ${exact}`);
    if (direct) return direct;
    const matches = patterns.flatMap(({ expression, route }) => {
      const groups = (expression.exec(local) ?? expression.exec(exact))?.groups;
      return groups ? [{ route, groups }] : [];
    });
    const match = matches.find(({ route }) => route.method === method);
    if (match) return { route: match.route, values: decodeValues(match.groups) };
    const named = routes.filter((route) => route.path === local || route.path === exact);
    const allowed = [...named, ...matches.map(({ route }) => route)];
    return allowed.length > 0 ? { allowed: [...new Set(allowed.map((route) => route.method))] } : undefined;
  };
}

function compile(path: string): RegExp {
  const source = path
    .replace(/[.]/g, '\\$&')
    .replace(/\{(\w+)\*\}/g, '(?<$1>.*)')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}$`);
}

function decodeValues(groups: Readonly<Record<string, string>>): Match['values'] {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodePath(value)]));
}
