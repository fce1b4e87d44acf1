import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MarkdownNode, parseMarkdown } from '../../../webview/runDetails/markdown.ts';

/** What is drawn, as HTML to be looked at. */
function drawn(nodes: readonly MarkdownNode[]): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return nodes
    .map((node) =>
      typeof node === 'string'
        ? escaped(node)
        : `<${node.tag}${node.href === undefined ? '' : ` href="${node.href}"`}>${drawn(node.children)}</${node.tag}>`,
    )
    .join('');
}

const render = (text: string) => drawn(parseMarkdown(text));

describe('Markdown of a description', () => {
  test('becomes headings, tables, code', () => {
    expect(render('# A\n\n**b** `c`\n\n| d |\n| - |\n| e |')).toMatch(/<h1>A<\/h1>.*<strong>b.*<code>c.*<td>e/s);
  });

  test('keeps tags as text', () => {
    expect(render('<script>alert(1)</script> <b onclick="x()">')).not.toMatch(/<(script|b)/);
  });

  test('loads no image', () => {
    expect(render('![a <b>](https://example.org/pixel.png) ![](data:image/png;base64,AA==)')).not.toContain('<img');
    expect(render('![roc curve](x.png)')).not.toContain('src');
  });

  test.each(['https://example.org', 'http://example.org/a?b', 'mailto:a@example.org'])('links to %s', (url) => {
    expect(render(`[here](${url})`)).toContain(`href="${url}"`);
  });

  test.each([
    'javascript:alert(1)',
    'command:workbench.action.quit',
    'file:///etc/passwd',
    'vscode://x',
    'data:text/html,x',
    '//x',
  ])('does not link to %s', (url) => {
    expect(render(`[here](${url})`)).not.toContain('href');
  });

  test('never makes an element that loads or runs something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(render(text)).not.toMatch(/<(script|img|iframe|object|embed|style|link|svg|form|input)\b|\son\w+=["']/i);
      }),
    );
  });
});
