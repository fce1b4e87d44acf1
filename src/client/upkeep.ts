import type { Purged, RunUsage } from '../entities/diskUsage.ts';
import { type ErrorCode, MlflowError } from '../entities/error.ts';
import type { JsonObject } from '../entities/jsonText.ts';
import type { UpkeepStore } from '../tracking/store.ts';
import type { Reply } from './reply.ts';
import type { Rest } from './rest.ts';

const WORKBENCH = '/api/mlflow-workbench';

/** What servers say of an endpoint that they do not have; of one for other methods, too. */
const UNKNOWN = new Set<ErrorCode>(['NOT_FOUND', 'ENDPOINT_NOT_FOUND', 'BAD_REQUEST']);

/** Only our own servers measure and delete for good. */
export function upkeepStore(rest: Rest): UpkeepStore {
  async function ask(path: string, body: JsonObject, field: string): Promise<Reply> {
    const reply = await rest.message('POST', `${WORKBENCH}${path}`, { body }).catch((error: unknown) => {
      const isUnknown = error instanceof SyntaxError || (error instanceof MlflowError && UNKNOWN.has(error.code));
      throw isUnknown ? notTold() : error;
    });
    // Some servers answer whatever they do not know with something.
    if (!reply.has(field)) throw notTold();
    return reply;
  }

  return {
    async measureRuns(runIds) {
      return (await ask('/runs/measure', { run_ids: runIds }, 'runs')).messages('runs').map(readUsage);
    },
    async measureExperiment(experimentId) {
      const reply = await ask('/experiments/measure', { experiment_id: experimentId }, 'bytes');
      return { bytes: reply.number('bytes'), runs: reply.messages('runs').map(readUsage) };
    },
    async purgeRun(runId) {
      return readPurged(await ask('/runs/purge', { run_id: runId }, 'left_behind'));
    },
    async purgeExperiment(experimentId) {
      return readPurged(await ask('/experiments/purge', { experiment_id: experimentId }, 'left_behind'));
    },
  };
}

function notTold(): MlflowError {
  return new MlflowError('NOT_IMPLEMENTED', 'This server cannot be asked to look after its disk.');
}

function readUsage(reply: Reply): RunUsage {
  return { runId: reply.text('run_id'), bytes: reply.number('bytes') };
}

function readPurged(reply: Reply): Purged {
  return { leftBehind: reply.texts('left_behind') };
}
