import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { ProjectDocument } from './document.ts';

/** What is further in than the line above folds below it, and so do comments of several lines. */
export function foldingRanges({ text }: ProjectDocument): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const open: { readonly line: number; readonly indent: number }[] = [];
  let last = 0;
  let comment: number | undefined;
  const close = (indent: number) => {
    for (let top = open.at(-1); top && top.indent >= indent; top = open.at(-1)) {
      if (last > top.line) ranges.push({ startLine: top.line, endLine: last });
      open.pop();
    }
  };
  for (const [line, content] of text.split('\n').entries()) {
    const isComment = content.trimStart().startsWith('#');
    if (isComment) comment ??= line;
    else {
      if (comment !== undefined && line - comment > 1) {
        ranges.push({ startLine: comment, endLine: line - 1, kind: FoldingRangeKind.Comment });
      }
      comment = undefined;
    }
    if (content.trim() === '' || isComment) continue;
    const indent = content.length - content.trimStart().length;
    close(indent);
    open.push({ line, indent });
    last = line;
  }
  close(0);
  return ranges.sort((a, b) => a.startLine - b.startLine);
}
