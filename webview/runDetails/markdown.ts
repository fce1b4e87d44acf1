import MarkdownIt, { type Token } from 'markdown-it';

/** A piece of a description: a text, or an element with what is in it. */
export type MarkdownNode = string | MarkdownElement;

export interface MarkdownElement {
  readonly tag: MarkdownTag;
  /** Of a link. */
  readonly href?: string;
  readonly children: MarkdownNode[];
}

const TAGS = [
  ...(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'hr', 'br'] as const),
  ...(['strong', 'em', 's', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'] as const),
];
export type MarkdownTag = (typeof TAGS)[number];

/**
 * What the Markdown of a description says, as data: nothing of it is ever read as HTML. Tags in it stay text, images
 * become their descriptions, since nothing is loaded from elsewhere, and links lead to web pages and mail addresses only.
 */
export function parseMarkdown(text: string): readonly MarkdownNode[] {
  const markdown = new MarkdownIt({ html: false, linkify: true });
  markdown.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url.trim());
  return nodesOf(markdown.parse(text, {}));
}

function nodesOf(tokens: readonly Token[]): MarkdownNode[] {
  const root: MarkdownNode[] = [];
  const open = [root];
  for (const token of tokens) {
    const inner = open.at(-1) ?? root;
    if (token.nesting === -1 && open.length > 1) open.pop();
    else if (token.nesting === 1) {
      const made = elementOf(token);
      inner.push(made);
      open.push(made.children);
    } else if (token.nesting === 0) inner.push(...leaves(token));
  }
  return root;
}

function leaves(token: Token): MarkdownNode[] {
  switch (token.type) {
    case 'inline':
      return nodesOf(token.children ?? []);
    case 'softbreak':
      return ['\n'];
    case 'hardbreak':
    case 'hr':
      return [elementOf(token)];
    case 'code_inline':
      return [{ tag: 'code', children: [token.content] }];
    case 'fence':
    case 'code_block':
      return [{ tag: 'pre', children: [{ tag: 'code', children: [token.content] }] }];
    default:
      // Texts, entities, and images, whose content is their description.
      return [token.content];
  }
}

function elementOf(token: Token): MarkdownElement {
  const tag = TAGS.find((known) => known === token.tag) ?? 'p';
  const href = tag === 'a' ? token.attrGet('href') : null;
  return href ? { tag, href: String(href), children: [] } : { tag, children: [] };
}
