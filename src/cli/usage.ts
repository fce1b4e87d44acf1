/** What the user typed is wrong: told without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
