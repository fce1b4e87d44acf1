import { type Disposable, type WebviewPanel, window } from 'vscode';
import { isRunFormSource } from '../../protocol/runForm.ts';
import { isRunsTableSource } from '../../protocol/runsTable.ts';
import { isRunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { registerChartsEditor } from './charts/chartsEditor.ts';
import { CHARTS, fillCharts, isChartsSource } from './charts.ts';
import { COMPARE_RUNS, drawRunComparison, isComparisonSource } from './compareRuns.ts';
import { RUN_DETAILS, type RunDetailsPanels } from './runDetails.ts';
import { registerRunEditor } from './runEditor.ts';
import { RUN_FORM, reviveRunForm } from './runForm.ts';
import { fillRunsTable, RUNS_TABLE } from './runsTable.ts';

/** Lets panels come back after a reload or restart of the window. */
export function registerPanels(services: Services, runDetails: RunDetailsPanels): Disposable[] {
  return [
    registerRunEditor(runDetails),
    registerChartsEditor(services),
    revive(CHARTS, (panel, state) => {
      if (isChartsSource(state)) fillCharts(services, panel, state);
      else panel.dispose();
    }),
    revive(COMPARE_RUNS, (panel, state) => {
      if (isComparisonSource(state)) drawRunComparison(services, panel, state);
      else panel.dispose();
    }),
    revive(RUN_DETAILS, (panel, state) => {
      if (isRunReference(state)) runDetails.fill(panel, state);
      else panel.dispose();
    }),
    revive(RUN_FORM, (panel, state) => {
      if (isRunFormSource(state)) void reviveRunForm(services, panel, state);
      else panel.dispose();
    }),
    revive(RUNS_TABLE, (panel, state) => {
      if (isRunsTableSource(state)) fillRunsTable(services, panel, state);
      else panel.dispose();
    }),
  ];
}

/** @param draw fills the panel from what was kept as its source */
function revive(viewType: string, draw: (panel: WebviewPanel, source: unknown) => void): Disposable {
  return window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      draw(panel, typeof state === 'object' && state !== null && 'source' in state ? state.source : undefined);
    },
  });
}
