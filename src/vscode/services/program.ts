import { type ExtensionContext, Uri } from 'vscode';

/** How to run one of our own Node programs: VS Code's own executable is the only Node that is sure to be there. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/** The command-line program `dist/cli.js` with arguments. */
export function cliProgram(context: ExtensionContext, args: readonly string[]): Program {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath;
  return { command: process.execPath, args: [script, ...args], env: { ELECTRON_RUN_AS_NODE: '1' } };
}
