import { CST, Lexer } from 'yaml';

/** characters: more than what MLflow's limits let the file of a dataset have. */
const MAX_LENGTH = 20_000_000;
/** What MLflow writes has a few levels; its files have dozens of tokens. */
const MAX_DEPTH = 100;
const MAX_TOKENS = 40_000;
const MAX_PROPERTIES = 1_000;

/**
 * Looks over a YAML text before it is parsed: the parser calls itself for each level, and takes time by the square of
 * what is wrong with a text.
 * @param maxTokens as many as a file of its kind may have
 * @throws an Error that says why the text is not read.
 */
export function checkYaml(text: string, maxTokens = MAX_TOKENS): void {
  if (text.length > MAX_LENGTH) throw new Error('it is too long');
  let tokens = 0;
  let properties = 0;
  let flow = 0;
  let inLine = 0;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    const type = CST.tokenType(token);
    if (type === 'newline') inLine = 0;
    else if (type === 'flow-seq-start' || type === 'flow-map-start') flow += 1;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') flow -= 1;
    else if (type === 'seq-item-ind' || type === 'explicit-key-ind') inLine += 1;
    else if (type === 'anchor' || type === 'tag') properties += 1;
    // One space is one level at most.
    else if (type === 'space' && inLine === 0 && token.length > MAX_DEPTH) inLine = token.length;
    if (flow > MAX_DEPTH || inLine > MAX_DEPTH) throw new Error('it is nested too deeply');
    if (tokens > maxTokens || properties > MAX_PROPERTIES) throw new Error('it holds too much');
  }
}
