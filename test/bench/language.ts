import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createLanguageService } from '../../src/language/service.ts';
import type { Bench } from './bench.ts';
import { LspProcess } from './lspProcess.ts';
import { timed } from './samples.ts';

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const OURS = [path.join(ROOT, 'dist/languageServer.js')];
const PEER = [path.join(ROOT, 'node_modules/yaml-language-server/bin/yaml-language-server')];
const SCHEMA = pathToFileURL(path.join(ROOT, 'schemas/mlproject.schema.json')).href;
const ROUNDS = 30;
/** Rounds that are not counted: the server lives as long as its editor. */
const WARM_UP = 30;
const [SMALL, LARGE] = [200, 5_000];

/** The language server beside `yaml-language-server`, which has our schema, on the same text. */
export async function measureLanguage({ report }: Bench): Promise<void> {
  const text = projectOf(SMALL);
  const service = createLanguageService({ folderOf: () => undefined });
  const computed: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const document = TextDocument.create('untitled:MLproject', 'mlproject', round, text);
    const time = await timed(() => service.diagnose(document, {}));
    if (round >= 0) computed.push(time);
  }
  report('language.diagnose', { ours: computed, note: 'in the process, 50th percentile' });

  const [ours, peer] = [await openOurs(text), await openPeer(text)];
  const rounds = { squiggle: pair(), completion: pair(), hover: pair() };
  for (let round = 0; round < ROUNDS; round++) {
    const name = { line: 0, character: 6 };
    for (const [server, times] of [
      [ours, 'ours'],
      [peer, 'floor'],
    ] as const) {
      rounds.squiggle[times].push(await server.type(name, 'x'));
      rounds.completion[times].push(await server.ask('completion', { line: SMALL - 1, character: 4 }));
      rounds.hover[times].push(await server.ask('hover', { line: 3, character: 6 }));
    }
  }
  ours.end();
  peer.end();
  report('language.squiggle', rounds.squiggle);
  report('language.completion', rounds.completion);
  report('language.hover', rounds.hover);
  await measureSizes(report);
}

async function measureSizes(report: Bench['report']): Promise<void> {
  const large = await openOurs(projectOf(LARGE));
  const [typed, completed] = [[] as number[], [] as number[]];
  for (let round = 0; round < ROUNDS / 3; round++) {
    typed.push(await large.type({ line: 0, character: 6 }, 'x'));
    completed.push(await large.ask('completion', { line: LARGE - 1, character: 4 }));
  }
  large.end();
  report('language.large', { ours: typed });
  report('language.largeCompletion', { ours: completed });
  for (const [row, text] of [
    ['language.bomb', BOMB],
    ['language.deep', `a: ${'['.repeat(20_000)}`],
  ] as const) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS / 3; round++) {
      const server = await openOurs('');
      times.push(await server.type({ line: 0, character: 0 }, text));
      await server.type({ line: 0, character: 0 }, '#');
      server.end();
    }
    report(row, { ours: times });
  }
}

const LETTERS = [...'abcdefghij'];
const BOMB = LETTERS.map(
  (name, at) => `${name}: &${name} [${Array(9).fill(at > 0 ? `*${LETTERS[at - 1]}` : 'x')}]`,
).join('\n');

function pair(): { readonly ours: number[]; readonly floor: number[] } {
  return { ours: [], floor: [] };
}

async function openOurs(text: string): Promise<LspProcess> {
  const server = await LspProcess.start(OURS, 'untitled:MLproject', {});
  await server.open('mlproject', text);
  return server;
}

async function openPeer(text: string): Promise<LspProcess> {
  const settings = { validate: true, hover: true, completion: true, schemas: { [SCHEMA]: '*.yaml' } };
  const server = await LspProcess.start(PEER, 'file:///project/MLproject.yaml', { yaml: settings });
  await server.open('yaml', text);
  return server;
}

/** A project of so many lines: entry points with parameters in lines, one of them to be completed. */
function projectOf(lines: number): string {
  const text = ['name: project', 'entry_points:'];
  for (let point = 0; text.length < lines - 12; point++) {
    text.push(`  step${point}:`, '    parameters:');
    for (const name of ['alpha', 'beta', 'gamma']) text.push(`      ${name}: {type: float, default: 0.5} # a rate`);
    text.push(`    command: "python step.py --alpha {alpha} --beta {beta} --gamma {gamma}"`);
  }
  while (text.length < lines - 3) text.push(`# ${text.length}`);
  return [...text, '  last:', '    command: x', '    '].join('\n');
}
