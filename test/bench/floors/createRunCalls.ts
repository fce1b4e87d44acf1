// What creating a run asks of the disk and nothing else, in one thread: the folders that MLflow makes, a tag, and a meta file
// that appears whole. Prints how many runs a second that makes, over so many ms.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';

const [root = '', time = ''] = process.argv.slice(2);
const META = 'x'.repeat(450); // bytes of a meta file

fs.mkdirSync(root, { recursive: true });
const start = performance.now();
let runs = 0;
for (const end = start + Number(time); performance.now() < end; runs++) {
  const run = `${root}/${randomBytes(16).toString('hex')}`;
  fs.mkdirSync(run);
  for (const kind of ['metrics', 'params', 'tags', 'artifacts']) fs.mkdirSync(`${run}/${kind}`);
  fs.writeFileSync(`${run}/tags/mlflow.runName`, 'brave-owl-1');
  fs.writeFileSync(`${run}/.new`, META);
  fs.renameSync(`${run}/.new`, `${run}/meta.yaml`);
}
console.log((1_000 * runs) / (performance.now() - start));
