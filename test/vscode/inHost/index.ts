import { activates } from './activates.ts';
import { answersLanguageRequests } from './answersLanguageRequests.ts';

/** What every VS Code must pass, desktop or from npm: name → test. */
const TESTS: Readonly<Record<string, () => Promise<void>>> = { activates, answersLanguageRequests };

/**
 * The entry point that VS Code calls in its extension host. A runner of tests does not fit in there: the tests are
 * few, and run one after the other.
 */
export async function run(): Promise<void> {
  const failures: unknown[] = [];
  for (const [name, test] of Object.entries(TESTS)) {
    try {
      await test();
      console.log(`in the extension host: ✓ ${name}`);
    } catch (error) {
      console.error(`in the extension host: ✗ ${name}`, error);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of the tests failed`);
}
