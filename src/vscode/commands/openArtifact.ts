import { openArtifactFile } from '../services/openArtifactFile.ts';
import { ArtifactNode } from '../trees/artifactNodes.ts';
import type { CommandContext } from './command.ts';

/** Opens an artifact in the editor that VS Code has for it. */
export async function openArtifact(_context: CommandContext, target: unknown): Promise<void> {
  if (target instanceof ArtifactNode) await openArtifactFile(target.resource, target.file.fileSize);
}
