import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { type MlflowVersion, mlflowPython } from '../environments.ts';

export interface Question {
  readonly kind: 'runs' | 'experiments' | 'registered' | 'versions' | 'models' | 'traces';
  readonly experiments?: readonly string[];
  readonly filter?: string | undefined;
  readonly order_by?: readonly string[] | undefined;
  readonly order_models?: readonly { readonly field_name: string; readonly ascending: boolean }[] | undefined;
  readonly datasets?: readonly { readonly dataset_name: string; readonly dataset_digest?: string }[] | undefined;
  readonly max_results?: number | undefined;
  readonly page_token?: string | undefined;
  readonly view?: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL' | undefined;
}

export type Answer =
  | { readonly ids: readonly string[]; readonly token: string | null }
  | { readonly error: string; readonly message: string }
  /** An exception of Python that a server makes a 500 of. */
  | { readonly crash: string };

/** MLflow's own file stores in a process that answers searches. */
export class SearchOracle {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #said = '';

  constructor(version: MlflowVersion, root: string) {
    const program = path.join(import.meta.dirname, '../programs/search_oracle.py');
    this.#child = spawn(mlflowPython(version), [program, root], {
      cwd: path.dirname(root),
      env: { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true', PYTHONWARNINGS: 'ignore' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = this.#child;
    if (!stdout) throw new Error('the oracle has no output');
    stderr?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString();
    });
    this.#lines = readline.createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  async ask(question: Question): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`MLflow fell silent:\n${this.#said}`);
    return JSON.parse(value);
  }

  end(): void {
    this.#child.kill();
  }
}
