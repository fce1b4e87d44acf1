import { constants } from 'node:os';
import type { RunStatus } from '../entities/run.ts';
import type { Exit } from './process.ts';

const { SIGHUP, SIGINT, SIGKILL, SIGTERM } = constants.signals;

/** What a shell returns for a program that somebody has killed. */
const KILLED = [SIGHUP, SIGINT, SIGKILL, SIGTERM].map((signal) => 128 + signal);

/** The status of a run whose command has ended: KILLED where a user, another program or the system has ended it. */
export function statusOf({ code, stopped }: Exit): RunStatus {
  if (stopped || KILLED.includes(code)) return 'KILLED';
  return code === 0 ? 'FINISHED' : 'FAILED';
}
