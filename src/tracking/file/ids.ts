import { createHash, randomInt, randomUUID } from 'node:crypto';

/** 18 decimal digits, the first not 0, as MLflow's file store makes them. */
export function newExperimentId(): string {
  const digits = Array.from({ length: 17 }, () => randomInt(10)).join('');
  return `${randomInt(1, 10)}${digits}`;
}

/** 32 hexadecimal digits. */
export function newRunId(): string {
  return randomUUID().replaceAll('-', '');
}

export function newModelId(): string {
  return `m-${newRunId()}`;
}

export function newAssessmentId(): string {
  return `a-${newRunId()}`;
}

/** The name of the folder that keeps a dataset or links an input. */
export function md5(...parts: string[]): string {
  return createHash('md5').update(parts.join('')).digest('hex');
}
