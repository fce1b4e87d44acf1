import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MarkdownNode, parseMarkdown } from '../../../webview/runDetails/markdown.ts';

/** The nodes as text: `p[strong[b] c]`. */
function outline(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      const address = node.href === undefined ? '' : `(${node.href})`;
      return `${node.tag}${address}[${outline(node.children)}]`;
    })
    .join('');
}

function links(nodes: readonly MarkdownNode[]): string[] {
  return nodes.flatMap((node) =>
    typeof node === 'string' ? [] : [...(node.href ? [node.href] : []), ...links(node.children)],
  );
}

describe('Markdown of a description', () => {
  test.each([
    ['# A\n\n**b** *c* `d`', 'h1[A]p[strong[b] em[c] code[d]]'],
    ['- a\n- b', 'ul[li[p[a]]li[p[b]]]'],
    ['1. a', 'ol[li[p[a]]]'],
    ['> a\nb', 'blockquote[p[a\nb]]'],
    ['```py\nx < 1\n```', 'pre[code[x < 1\n]]'],
    ['a  \nb\n\n---', 'p[abr[]b]hr[]'],
    ['| d |\n| - |\n| e |', 'table[thead[tr[th[d]]]tbody[tr[td[e]]]]'],
    ['&amp; \\*', 'p[& *]'],
  ])('%j is %s', (text, expected) => {
    expect(outline(parseMarkdown(text))).toBe(expected);
  });

  test('keeps tags as text', () => {
    expect(outline(parseMarkdown('<b onclick="x()">y</b>'))).toBe('p[<b onclick="x()">y</b>]');
  });

  test('shows the description of an image in its place', () => {
    expect(outline(parseMarkdown('![roc curve](https://example.org/pixel.png)'))).toBe('p[roc curve]');
  });

  test.each(['https://example.org', 'http://example.org/a?b', 'mailto:a@example.org'])('links to %s', (url) => {
    expect(links(parseMarkdown(`[here](${url})`))).toEqual([url]);
  });

  test.each([
    'javascript:alert(1)',
    'command:workbench.action.quit',
    'file:///etc/passwd',
    'vscode://x',
    'data:text/html,x',
    '//x',
  ])('does not link to %s', (url) => {
    expect(links(parseMarkdown(`[here](${url}) <${url}>`))).toEqual([]);
  });

  test('links nowhere else, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const url of links(parseMarkdown(text))) expect(url).toMatch(/^(https?:\/\/|mailto:)/i);
      }),
    );
  });
});
