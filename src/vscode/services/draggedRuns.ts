import type { DataTransfer } from 'vscode';
import { isRunReference, type RunReference } from './connections.ts';

/** What the tree hands over when runs, or models, are dragged out of it. */
export const RUNS_TYPE = 'application/vnd.mlflow.runs';
export const MODELS_TYPE = 'application/vnd.mlflow.models';

export async function draggedRuns(transfer: DataTransfer): Promise<readonly RunReference[]> {
  return (await list(transfer, RUNS_TYPE)).filter(isRunReference);
}

/** URIs such as `models:/m-…`. */
export async function draggedModels(transfer: DataTransfer): Promise<readonly string[]> {
  return (await list(transfer, MODELS_TYPE)).filter((item) => typeof item === 'string');
}

/** Other extensions may hand over anything. */
async function list(transfer: DataTransfer, type: string): Promise<readonly unknown[]> {
  const text = await transfer.get(type)?.asString();
  if (!text) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
