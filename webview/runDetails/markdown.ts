import MarkdownIt from 'markdown-it';

/** A piece of a text: an element with what is in it, or plain text. */
export type MarkdownNode = string | MarkdownElement;

export interface MarkdownElement {
  readonly tag: MarkdownTag;
  /** Of links. */
  readonly href?: string;
  readonly children: readonly MarkdownNode[];
}

/** What may come out of Markdown; what else it makes is left out, and what that holds stays. */
const TAGS = [
  ...(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'em', 'strong', 's', 'code', 'pre', 'a'] as const),
  ...(['blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'hr', 'br'] as const),
] as const;

export type MarkdownTag = (typeof TAGS)[number];

/**
 * Reads the Markdown of a description. Tags in it stay text, images become their descriptions, since nothing is loaded
 * from elsewhere, and links lead to web pages and mail addresses only.
 */
export function parseMarkdown(text: string): readonly MarkdownNode[] {
  const markdown = new MarkdownIt({ html: false, linkify: true });
  markdown.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url.trim());
  return nest(markdown.parse(text, {}));
}

type Tokens = ReturnType<InstanceType<typeof MarkdownIt>['parse']>;

function nest(tokens: Tokens): MarkdownNode[] {
  const root: MarkdownNode[] = [];
  const open = [root];
  for (const token of tokens) {
    const place = open.at(-1) ?? root;
    const { tag, hidden, nesting } = token;
    const isShown = isTag(tag) && !hidden;
    if (nesting === 0) place.push(...leaf(token));
    else if (nesting === 1 && isShown) {
      const children: MarkdownNode[] = [];
      const href = token.attrGet('href');
      place.push({ tag, children, ...(typeof href === 'string' && { href }) });
      open.push(children);
    } else if (nesting === -1 && isShown) open.pop();
  }
  return root;
}

function leaf(token: Tokens[number]): MarkdownNode[] {
  const { type, content, children, tag } = token;
  if (type === 'inline') return nest(children ?? []);
  if (type === 'code_inline') return [{ tag: 'code', children: [content] }];
  if (type === 'fence' || type === 'code_block')
    return [{ tag: 'pre', children: [{ tag: 'code', children: [content] }] }];
  if (tag === 'br' || tag === 'hr') return [type === 'softbreak' ? '\n' : { tag, children: [] }];
  return [content];
}

function isTag(tag: string): tag is MarkdownTag {
  return (TAGS as readonly string[]).includes(tag);
}
