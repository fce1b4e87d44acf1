import net from 'node:net';
import path from 'node:path';
import { pythonWith } from '../../python/environments.ts';
import { type ServerProcess, startProgram } from '../serverProcess.ts';

/** FastTrackML with its database in SQLite, which is its default. */
export async function startFastTrackMl(folder: string): Promise<ServerProcess> {
  const program = path.join(path.dirname(python('fasttrackml')), 'fml');
  const port = await freePort();
  const database = `sqlite://${path.join(folder, 'fasttrackml.db')}`;
  const args = ['server', '--listen-address', `127.0.0.1:${port}`, '--database-uri', database, '--log-level', 'error'];
  return startProgram(`http://127.0.0.1:${port}`, program, args, {});
}

/**
 * MLflow with a file store under gunicorn: as `mlflow server` starts it otherwise, it answers each request on a connection
 * that is kept open some 45 ms late, and any ratio to that would flatter.
 */
export async function startMlflow(folder: string): Promise<ServerProcess> {
  const port = await freePort();
  const args = ['-m', 'mlflow', 'server', '--backend-store-uri', path.join(folder, 'mlflow')];
  args.push('--host', '127.0.0.1', '--port', String(port));
  args.push('--workers', '2', '--gunicorn-opts', '--threads 8 --log-level error');
  return startProgram(`http://127.0.0.1:${port}`, python('mlflow'), args, { MLFLOW_ALLOW_FILE_STORE: 'true' });
}

function python(name: string): string {
  return pythonWith(path.join(import.meta.dirname, `requirements-${name}.txt`), `bench-${name}`);
}

/** A port that nobody listens at just now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
