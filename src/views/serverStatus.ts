import type { Watching } from '../entities/watching.ts';
import { escapeMarkdown } from './markdown.ts';

/** The state of one server as the status bar and the views tell it. */
export interface ServerSummary {
  /** Name of the workspace folder. */
  readonly folder: string;
  readonly kind: 'off' | 'stopped' | 'starting' | 'running' | 'failed';
  readonly url?: string | undefined;
  readonly message?: string | undefined;
  /** How the server finds what other programs change, as soon as it is known. */
  readonly watching?: Watching | undefined;
}

export interface StatusText {
  /** With `$(codicon)` marks. */
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly accessibleLabel: string;
  readonly isWarning: boolean;
}

/** What the status bar says; nothing where no folder has had a server. */
export function serverStatus(servers: readonly ServerSummary[]): StatusText | undefined {
  const used = servers.filter(({ kind }) => kind !== 'off');
  if (used.length === 0) return undefined;
  const { icon, words } = headline(used);
  return {
    text: `$(${icon}) ${words}`,
    tooltip: used.map(line).join('\n\n'),
    accessibleLabel: `MLflow: ${words}`,
    isWarning: used.some(({ kind }) => kind === 'failed'),
  };
}

/** `127.0.0.1:5000` of a URL: what a user types into a browser. */
export function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

function headline(servers: readonly ServerSummary[]): { icon: string; words: string } {
  const running = servers.filter(({ kind }) => kind === 'running');
  const [first] = running;
  if (servers.some(({ kind }) => kind === 'failed')) return { icon: 'warning', words: 'MLflow server failed' };
  if (servers.some(({ kind }) => kind === 'starting')) return { icon: 'loading~spin', words: 'MLflow starting…' };
  if (!first) return { icon: 'debug-stop', words: 'MLflow stopped' };
  const words = running.length === 1 ? hostOf(first.url ?? '') : `${running.length} MLflow servers`;
  const isPolling = running.some(({ watching }) => watching?.mode === 'polling');
  return { icon: 'server', words: isPolling ? `${words} · polling` : words };
}

function line({ folder, kind, url, message, watching }: ServerSummary): string {
  const name = escapeMarkdown(folder);
  switch (kind) {
    case 'running':
      return [`MLflow tracking server of **${name}**: ${url}`, ...describeWatching(watching)].join('\n\n');
    case 'starting':
      return `The MLflow tracking server of **${name}** is starting.`;
    case 'failed':
      return `The MLflow tracking server of **${name}** did not start: ${escapeMarkdown(message ?? '')}`;
    default:
      return `The MLflow tracking server of **${name}** is stopped.`;
  }
}

function describeWatching(watching: Watching | undefined): string[] {
  switch (watching?.mode) {
    case 'events':
      return ['Changes by other programs: seen at once'];
    case 'polling':
      return [`Changes by other programs: looked for every second, because ${escapeMarkdown(watching.reason)}`];
    default:
      return [];
  }
}
