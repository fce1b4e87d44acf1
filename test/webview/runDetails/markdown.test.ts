import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../../webview/runDetails/markdown.ts';

describe('Markdown of a description', () => {
  test('becomes HTML', () => {
    expect(renderMarkdown('# A\n\n**b** `c`\n\n| d |\n| - |\n| e |')).toMatch(
      /<h1>A<\/h1>.*<strong>b.*<code>c.*<td>e/s,
    );
  });

  test('keeps tags as text', () => {
    expect(renderMarkdown('<script>alert(1)</script> <b onclick="x()">')).not.toMatch(/<(script|b)/);
  });

  test('loads no image', () => {
    expect(renderMarkdown('![a <b>](https://example.org/pixel.png) ![](data:image/png;base64,AA==)')).not.toContain(
      '<img',
    );
    expect(renderMarkdown('![roc curve](x.png)')).not.toContain('src');
  });

  test.each(['https://example.org', 'http://example.org/a?b', 'mailto:a@example.org'])('links to %s', (url) => {
    expect(renderMarkdown(`[here](${url})`)).toContain(`href="${url}"`);
  });

  test.each([
    'javascript:alert(1)',
    'command:workbench.action.quit',
    'file:///etc/passwd',
    'vscode://x',
    'data:text/html,x',
    '//x',
  ])('does not link to %s', (url) => {
    expect(renderMarkdown(`[here](${url})`)).not.toContain('href');
  });

  test('never makes an element that loads or runs something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(renderMarkdown(text)).not.toMatch(
          /<(script|img|iframe|object|embed|style|link|svg|form|input)\b|\son\w+=["']/i,
        );
      }),
    );
  });
});
