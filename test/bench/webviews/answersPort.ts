import type { Port } from '../../../src/protocol/channel.ts';

/**
 * The answering thread's end of the webview's messages, as the extension has it; to be made when all is there to answer with.
 * @param onCommand hears what the page's steps tell
 */
export function answersPort<C>(onCommand: (command: C) => void): Port {
  self.postMessage({ kind: 'answering' });
  return {
    post: (message) => self.postMessage(message),
    listen: (receive) =>
      self.addEventListener('message', ({ data }) => {
        if (data.kind === 'command') onCommand(data.command);
        else receive(data);
      }),
  };
}
