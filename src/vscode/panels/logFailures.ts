import type { LogOutputChannel } from 'vscode';

/** What screens tell their webviews; `failed`: nothing can be read at the moment. */
type PanelEvent = { readonly kind: string } | { readonly kind: 'failed'; readonly message: string };

/**
 * Writes down what a screen tells of its failures, once as long as nothing else happens: *Show Log* leads there.
 * @param send tells the webview
 */
export function logFailures<E extends PanelEvent>(log: LogOutputChannel, send: (event: E) => void): (event: E) => void {
  let last: string | undefined;
  return (event) => {
    const message = 'message' in event ? event.message : undefined;
    if (message !== undefined && message !== last) log.warn(message);
    last = message;
    send(event);
  };
}
