import { isNode, isPair, parseDocument, visit } from 'yaml';
import { checkYaml } from '../files/yamlGuard.ts';
import type { Range } from './project.ts';

/** The YAML nodes and pairs that hold an offset, from the outermost one on; none in a file that cannot be read. */
export function nodesAround(text: string, offset: number): Range[] {
  try {
    checkYaml(text);
  } catch {
    return [];
  }
  const ranges: Range[] = [];
  const document = parseDocument(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  visit(document, (_, item) => {
    const range = rangeOf(item);
    if (!range) return undefined;
    if (offset < range.start || offset > range.end) return visit.SKIP;
    ranges.push(range);
    return undefined;
  });
  return ranges;
}

function rangeOf(item: unknown): Range | undefined {
  if (isPair(item)) {
    const [key, value] = [rangeOf(item.key), rangeOf(item.value)];
    return key && { start: key.start, end: Math.max(key.end, value?.end ?? 0) };
  }
  return isNode(item) && item.range ? { start: item.range[0], end: item.range[1] } : undefined;
}
