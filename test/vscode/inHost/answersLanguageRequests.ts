import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CompletionList, commands, type Hover, languages, Position, type Uri, workspace } from 'vscode';

const TEXT = `name: broken
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
    command: "python train.py {alpha} {missing}"
`;

/** The language server runs as its own process and answers: diagnostics, completion, hover, CodeLens. */
export async function answersLanguageRequests(): Promise<void> {
  const { uri } = await workspace.openTextDocument({ language: 'mlproject', content: TEXT });

  const problems = await eventually(async () => languages.getDiagnostics(uri));
  assert(
    problems.some(({ message }) => message.includes('missing')),
    `no problem names the undeclared placeholder: ${problems.map(({ message }) => message)}`,
  );
  const completion = await at<CompletionList>('vscode.executeCompletionItemProvider', uri, new Position(3, 4));
  assert(completion.items.some(({ label }) => (typeof label === 'string' ? label : label.label) === 'parameters'));
  const hovers = await at<Hover[]>('vscode.executeHoverProvider', uri, new Position(5, 6));
  assert(hovers.length > 0, 'no hover on the key `command`');
}

function at<T>(command: string, uri: Uri, position: Position): Promise<T> {
  return Promise.resolve(commands.executeCommand<T>(command, uri, position));
}

async function eventually<T>(read: () => Promise<readonly T[]>): Promise<readonly T[]> {
  for (let left = 100; ; left--) {
    const found = await read();
    if (found.length > 0 || left === 0) return found;
    await sleep(100);
  }
}
