/** Nothing is loaded but what stands in the page itself. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'media-src data:',
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * A page of anybody's, with a policy before it that lets it do nothing: the first one that a browser meets cannot be taken
 * back. Pages are made for white paper. What would lead elsewhere by itself is taken out.
 */
export function sandboxedPage(html: string): string {
  const still = html.replace(/<meta\b[^>]*http-equiv[^>]*>/gi, '');
  return `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><style>html{background:#fff;color:#000}</style>${still}`;
}
