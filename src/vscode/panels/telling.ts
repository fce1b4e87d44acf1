import { window } from 'vscode';

/** What a button was pressed for: a failure is told. */
export async function telling(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    void window.showErrorMessage(`MLflow: ${error instanceof Error ? error.message : String(error)}`);
  }
}
