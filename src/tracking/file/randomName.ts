import { randomInt } from 'node:crypto';

const ADJECTIVES =
  'agile amber bold brave bright brisk calm clear cosmic crisp eager early fair fleet fond gentle glad grand happy hardy keen kind lively loyal lucid lucky mellow merry mild neat nimble noble proud quick quiet rapid sharp silent sleek smart snug solid sunny swift tidy vivid warm wise witty zesty';
const NOUNS =
  'acorn alder aspen badger beacon birch bison brook cedar comet coral crane delta ember falcon fern finch fjord gecko glade grove harbor heron ibex iris jasper kestrel koala lark lotus lynx maple marten meadow otter panda pebble pine plover quartz raven reef robin sable spruce stone swan tapir tern tiger vale wren yak';

/** A name for a run or model that was given none, such as `calm-heron-218`; at most 20 characters. */
export function randomName(): string {
  return `${pick(ADJECTIVES)}-${pick(NOUNS)}-${randomInt(1000)}`;
}

function pick(words: string): string {
  const list = words.split(' ');
  return list[randomInt(list.length)] ?? '';
}
