import { env, window } from 'vscode';
import type { Run } from '../../../entities/run.ts';
import type { RunCopy } from '../../../protocol/runDetails.ts';
import { pythonSnippet, runMarkdown, runUri } from '../../../views/runDetails/copies.ts';
import type { Connection } from '../../services/connections.ts';

const WORDS: Record<RunCopy, string> = {
  id: 'Run ID',
  uri: 'Run URI',
  artifactUri: 'Artifact URI',
  python: 'Python',
  markdown: 'Run as Markdown',
};

export async function copyRun(connection: Connection, run: Run, what: RunCopy): Promise<void> {
  await env.clipboard.writeText(await textOf(connection, run, what));
  window.setStatusBarMessage(`$(check) ${WORDS[what]} copied`, 3_000);
}

async function textOf(connection: Connection, run: Run, what: RunCopy): Promise<string> {
  switch (what) {
    case 'id':
      return run.info.runId;
    case 'uri':
      return runUri(run);
    case 'artifactUri':
      return run.info.artifactUri;
    case 'python':
      return pythonSnippet(run, connection.url);
    case 'markdown':
      return runMarkdown(run, (await connection.tracking.getExperiment(run.info.experimentId)).name);
  }
}
