import path from 'node:path';
import type { Experiment } from '../../entities/experiment.ts';
import { integerField, requiredText, textField } from '../../files/metaFields.ts';
import { formatMeta } from '../../files/metaYaml.ts';
import { readMeta } from '../../files/readMeta.ts';
import { type PreparedFile, prepareFile } from '../../files/write.ts';
import { readKeyFiles } from './keyFiles.ts';
import { EXPERIMENT, metaFile, TAGS } from './layout.ts';

/**
 * Reads an experiment's folder; `undefined` where it has no meta file.
 * @throws an Error that says what is wrong with its meta file.
 */
export async function readExperiment(folder: string): Promise<Experiment | undefined> {
  const info = await readExperimentInfo(folder);
  return info && { ...info, tags: readKeyFiles(folder, TAGS) };
}

/** All but the tags. @throws as `readExperiment` */
export async function readExperimentInfo(folder: string): Promise<Omit<Experiment, 'tags'> | undefined> {
  const meta = await readMeta(metaFile(folder));
  if (!meta) return undefined;
  const experimentId = requiredText(meta, EXPERIMENT.id);
  if (experimentId !== path.basename(folder)) throw new Error(`its ${EXPERIMENT.id} is '${experimentId}'`);
  return {
    experimentId,
    name: requiredText(meta, EXPERIMENT.name),
    artifactLocation: textField(meta, EXPERIMENT.artifactLocation) ?? folder,
    lifecycleStage: textField(meta, EXPERIMENT.lifecycleStage) === 'deleted' ? 'deleted' : 'active',
    creationTime: integerField(meta, EXPERIMENT.creationTime),
    lastUpdateTime: integerField(meta, EXPERIMENT.lastUpdateTime),
  };
}

export function writeExperiment(folder: string, experiment: Experiment): void {
  prepareExperiment(folder, experiment).commit();
}

/** The first half of `writeExperiment`. @param nursery see `replaceFile` */
export function prepareExperiment(folder: string, experiment: Experiment, nursery?: string): PreparedFile {
  const meta = formatMeta({
    [EXPERIMENT.id]: experiment.experimentId,
    [EXPERIMENT.name]: experiment.name,
    [EXPERIMENT.artifactLocation]: experiment.artifactLocation,
    [EXPERIMENT.lifecycleStage]: experiment.lifecycleStage,
    [EXPERIMENT.creationTime]: experiment.creationTime,
    [EXPERIMENT.lastUpdateTime]: experiment.lastUpdateTime,
  });
  return prepareFile(metaFile(folder), meta, nursery);
}
