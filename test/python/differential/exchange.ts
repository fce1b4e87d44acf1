import type { Step } from './step.ts';

/** What a server answered. */
export interface Answer {
  readonly status: number;
  /** The JSON value, or the text where it is none. */
  readonly body: unknown;
}

/** One server that a script is sent to, and what was captured from it. */
export class Conversation {
  readonly #url: string;
  readonly captured = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  async send(step: Step): Promise<Answer> {
    const isText = typeof step.body === 'string';
    const response = await fetch(`${this.#url}${this.#fill(step.path)}`, {
      method: step.method,
      headers: { ...(step.body !== undefined && { 'content-type': 'application/json' }), ...step.headers },
      ...(step.body !== undefined && {
        body: this.#fill(isText ? (step.body as string) : JSON.stringify(step.body)),
      }),
      redirect: 'manual',
    });
    const body = parse(await response.text());
    for (const [name, path] of Object.entries(step.capture ?? {})) {
      const value = path
        .split('.')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], body);
      if (typeof value !== 'string') throw new Error(`${step.name} answered no ${path}: ${JSON.stringify(body)}`);
      this.captured.set(name, value);
    }
    return { status: response.status, body };
  }

  #fill(text: string): string {
    return text.replace(/\$([a-z]\w*)/g, (whole, name: string) => this.captured.get(name) ?? whole);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
