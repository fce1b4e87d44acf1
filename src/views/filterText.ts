/** A text as a value of MLflow's search language, which has two kinds of quotes and no escapes. */
export function quoteValue(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}
