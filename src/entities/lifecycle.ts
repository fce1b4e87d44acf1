export type LifecycleStage = 'active' | 'deleted';

/** Which lifecycle stages a search returns. */
export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

export function isVisible(stage: LifecycleStage, view: ViewType): boolean {
  return view === 'ALL' || (stage === 'active') === (view === 'ACTIVE_ONLY');
}
