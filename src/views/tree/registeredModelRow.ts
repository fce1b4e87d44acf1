import type { ModelVersion, RegisteredModel } from '../../entities/registeredModel.ts';
import type { Run } from '../../entities/run.ts';
import { formatNumber } from '../formatNumber.ts';
import { formatAge, formatMoment } from '../formatTime.ts';
import { mainMetric } from '../mainMetric.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { describe, type TreeRow } from './row.ts';

/** How many aliases a row names. */
const NAMED = 3;

export function registeredModelRow(model: RegisteredModel): TreeRow {
  const aliases = [...model.aliases].map(([alias, version]) => `@${alias} v${version}`);
  const latest = Math.max(...model.latestVersions.map(({ version }) => Number(version)));
  const more = aliases.length > NAMED ? '…' : undefined;
  return {
    label: model.name,
    description: describe(...(aliases.length ? [...aliases.slice(0, NAMED), more] : [latestText(latest)])),
    icon: { id: 'package' },
    words: ['registeredModel'],
    expansion: 'collapsed',
  };
}

function latestText(latest: number): string {
  return Number.isFinite(latest) ? `v${latest}` : 'no versions';
}

/** @param sourceRun the run that the version comes from, where it is known */
export function modelVersionRow(version: ModelVersion, sourceRun: Run | undefined, now: number): TreeRow {
  const metric = sourceRun && mainMetric(sourceRun.data.metrics);
  const value = metric && `${metric.key} ${formatNumber(metric.value)}`;
  const aliases = version.aliases.map((alias) => `@${alias}`).join(' ');
  const stage = version.currentStage === 'None' ? undefined : version.currentStage;
  return {
    label: `v${version.version}`,
    description: describe(
      aliases,
      stage,
      statusText(version),
      value,
      sourceRun?.info.runName,
      formatAge(version.creationTimestamp, now),
    ),
    icon: version.aliases.length ? { id: 'bookmark' } : { id: 'tag' },
    words: ['modelVersion', ...(version.runId ? ['fromRun'] : [])],
    expansion: 'none',
  };
}

function statusText({ status }: ModelVersion): string | undefined {
  if (status === 'READY') return undefined;
  return status === 'PENDING_REGISTRATION' ? 'pending' : 'registration failed';
}

/** Markdown. */
export function registeredModelTooltip(model: RegisteredModel): string {
  const table = markdownTable([
    ['Model', model.name],
    ['Created', formatMoment(model.creationTimestamp)],
    ['Changed', formatMoment(model.lastUpdatedTimestamp)],
  ]);
  return model.description ? `${table}\n\n${escapeMarkdown(model.description)}` : table;
}

/** Markdown. */
export function modelVersionTooltip(version: ModelVersion): string {
  const table = markdownTable([
    ['Version', `${version.name} v${version.version}`],
    ['Created', formatMoment(version.creationTimestamp)],
    ['Source', version.source],
    ...(version.runId ? ([['Run', version.runId]] as const) : []),
  ]);
  return version.description ? `${table}\n\n${escapeMarkdown(version.description)}` : table;
}
