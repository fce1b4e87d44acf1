/** One message of a `text/event-stream` (WHATWG HTML, server-sent events), or a comment that keeps it alive. */
export interface ServerEvent {
  readonly type: string;
  readonly data: string;
}

/** Reads an event stream to its end. Comments come as events of type `comment`, without data. */
export async function* readServerEvents(stream: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield parseBlock(block);
  }
}

function parseBlock(block: string): ServerEvent {
  const lines = block.split('\n');
  const values = (field: string) =>
    lines.filter((line) => line.startsWith(`${field}:`)).map((line) => line.slice(field.length + 1).replace(/^ /, ''));
  const data = values('data');
  if (data.length === 0) return { type: 'comment', data: '' };
  return { type: values('event').at(-1) ?? 'message', data: data.join('\n') };
}
