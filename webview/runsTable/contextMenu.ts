/** What VS Code's menu of a webview is given: commands find the runs in it. */
export function showContext(place: HTMLElement, source: unknown, runIds: readonly string[]): void {
  const { connectionId, experimentId } = source as { readonly connectionId: string; readonly experimentId: string };
  const runs = runIds.map((runId) => ({ connectionId, experimentId, runId }));
  const [only] = runs;
  place.dataset.vscodeContext = JSON.stringify({
    preventDefaultContextMenuItems: true,
    ...(runs.length === 1 ? { webviewSection: 'run', ...only } : { webviewSection: 'runs', runs }),
  });
}
