import type { Webview } from 'vscode';
import type { Port } from '../../protocol/channel.ts';

/** The extension's end of a webview's messages. Nobody waits for `postMessage`: it can hang with a hidden webview. */
export function panelPort(webview: Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    listen: (receive) => void webview.onDidReceiveMessage(receive),
  };
}
