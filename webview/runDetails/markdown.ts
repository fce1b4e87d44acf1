import MarkdownIt from 'markdown-it';

/**
 * Turns the Markdown of a description into HTML. Tags in it stay text, images become their descriptions, since nothing
 * is loaded from elsewhere, and links lead to web pages and mail addresses only.
 */
export function renderMarkdown(text: string): string {
  const markdown = new MarkdownIt({ html: false, linkify: true });
  markdown.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url.trim());
  markdown.renderer.rules.image = (tokens, at) => markdown.utils.escapeHtml(tokens[at]?.content || 'image');
  return markdown.render(text);
}
