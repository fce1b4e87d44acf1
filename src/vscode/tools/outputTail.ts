import type { FoundRun } from './findRuns.ts';

/** Names under which runs keep what they have printed. */
const OUTPUT = /^(?:output|stdout|stderr|train|log)\w*\.(?:log|txt)$/;
/** Characters of its end that are told, and bytes up to which it is read. */
const [TOLD, READ] = [4_000, 5_000_000];

/** The end of what a run has printed, where it kept that as an artifact. */
export async function outputTail({ connection, run }: FoundRun): Promise<string | undefined> {
  const repository = connection.artifacts.open(run.info.artifactUri);
  const files = await repository.list('');
  const output = files.find(({ path, isDir, fileSize }) => !isDir && OUTPUT.test(path) && (fileSize ?? 0) <= READ);
  if (!output) return undefined;
  let end = '';
  const decoder = new TextDecoder();
  for await (const chunk of (await repository.read(output.path)).stream) {
    end = (end + decoder.decode(chunk, { stream: true })).slice(-TOLD);
  }
  return end;
}
