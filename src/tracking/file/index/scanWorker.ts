import os from 'node:os';
import { parentPort } from 'node:worker_threads';
import { perform, type Task } from './threadWork.ts';

/** Of a thread that everything else goes before: requests, and the training that they come from. */
const PRIORITY = os.constants.priority.PRIORITY_BELOW_NORMAL;

// Elsewhere it would be that of the whole process (setpriority(2)). Nobody may raise one that is lower still.
if (process.platform === 'linux') os.setPriority(Math.max(PRIORITY, os.getPriority()));

/** A thread that reads: a task in, what was found out. */
parentPort?.on('message', (task: Task) => {
  const { result, transferables } = perform(task);
  parentPort?.postMessage(result, transferables);
});
