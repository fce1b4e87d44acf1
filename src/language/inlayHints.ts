import { type InlayHint, type Range as LspRange, MarkupKind } from 'vscode-languageserver';
import type { ProjectDocument } from './document.ts';

/** Longer values are cut (characters): the hint is not to push the command out of sight. */
const MAX_LENGTH = 24;

/** The defaults of parameters, beside their placeholders. */
export function inlayHints({ document, project }: ProjectDocument, visible: LspRange): InlayHint[] {
  const [start, end] = [document.offsetAt(visible.start), document.offsetAt(visible.end)];
  return project.entryPoints.flatMap(({ parameters, command }) =>
    (command?.placeholders ?? []).flatMap(({ name, range }) => {
      const value = parameters.find((parameter) => parameter.name === name)?.default;
      if (value === undefined || range.start < start || range.end > end) return [];
      const label = value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH - 1)}…` : value;
      return [
        {
          position: document.positionAt(range.end),
          label: ` = ${label}`,
          tooltip: { kind: MarkupKind.Markdown, value: `Unless \`-P ${name}=…\` or the form gives another value` },
        },
      ];
    }),
  );
}
