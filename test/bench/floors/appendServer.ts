// The floor for a server that keeps what it is sent: reads the body, parses it, appends to files, answers. It checks nothing.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

interface Point {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}
type Body = Point & { readonly run_id: string; readonly metrics?: readonly Point[]; readonly experiment_id: string };

const [, , root = ''] = process.argv;

function createRun({ experiment_id: experimentId }: Body): string {
  const runId = randomBytes(16).toString('hex');
  const folder = path.join(root, experimentId, runId);
  fs.mkdirSync(folder, { recursive: true });
  for (const part of ['metrics', 'params', 'tags', 'artifacts']) fs.mkdirSync(`${folder}/${part}`);
  fs.writeFileSync(`${folder}/meta.yaml`, `run_id: ${runId}\nexperiment_id: '${experimentId}'\nstatus: 1\n`);
  return JSON.stringify({ run: { info: { run_id: runId } } });
}

function log({ run_id: runId, ...body }: Body): string {
  const texts = new Map<string, string>();
  for (const { key, timestamp, value, step } of body.metrics ?? [body]) {
    texts.set(key, `${texts.get(key) ?? ''}${timestamp} ${value} ${step}\n`);
  }
  for (const [key, text] of texts) fs.appendFileSync(path.join(root, '0', runId, 'metrics', key), text);
  return '{}';
}

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Body;
    const text = request.url?.endsWith('/create') ? createRun(body) : log(body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
    response.end(text);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
