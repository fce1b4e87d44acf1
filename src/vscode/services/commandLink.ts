import type { CommandId } from '../commands/ids.ts';

/** A link in Markdown that calls a command. The text has to trust the command (`MarkdownString.isTrusted`). @param title as Markdown */
export function commandLink(title: string, command: CommandId, argument: unknown): string {
  // A folder may have parentheses in its name, which would end the link.
  const encoded = encodeURIComponent(JSON.stringify([argument]))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  return `[${title}](command:${command}?${encoded})`;
}
