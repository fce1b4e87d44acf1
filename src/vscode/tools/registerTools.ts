import { type Disposable, LanguageModelTextPart, LanguageModelToolResult, lm } from 'vscode';
import type { Services } from '../services.ts';
import { TOOLS } from './tools.ts';

/** Lets language models that the user talks to ask about runs. Nothing is changed, and nothing sent that was not asked for. */
export function registerTools({ connections }: Services): Disposable[] {
  return Object.entries(TOOLS).map(([name, answer]) =>
    lm.registerTool<Readonly<Record<string, unknown>>>(name, {
      async invoke({ input }) {
        if (connections.all().length === 0)
          throw new Error('No tracking server is running. Start one in the MLflow view.');
        return new LanguageModelToolResult([new LanguageModelTextPart(await answer(connections, input))]);
      },
    }),
  );
}
