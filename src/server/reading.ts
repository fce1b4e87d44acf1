import { invalidParameter } from '../entities/error.ts';
import type { SearchOptions } from '../entities/page.ts';
import type { Tag } from '../entities/run.ts';
import type { Message } from './message.ts';

/** What every search takes. */
export function readSearch(message: Message): SearchOptions {
  return {
    filter: message.optionalText('filter'),
    orderBy: readOrderBy(message),
    ...readPaging(message),
  };
}

/** As much as nobody orders by. */
const MAX_ORDER_BY = { clauses: 100, characters: 10_000 } as const;

function readOrderBy(message: Message): readonly string[] {
  const orderBy = message.texts('order_by');
  checkOrderBy(orderBy);
  return orderBy;
}

/** @throws INVALID_PARAMETER_VALUE */
export function checkOrderBy(orderBy: readonly string[]): void {
  const { clauses, characters } = MAX_ORDER_BY;
  if (orderBy.length <= clauses && orderBy.every(({ length }) => length <= characters)) return;
  throw invalidParameter(`At most ${clauses} order_by clauses of ${characters} characters are possible.`);
}

export function readPaging(message: Message): Pick<SearchOptions, 'maxResults' | 'pageToken'> {
  return {
    maxResults: message.optionalNumber('max_results'),
    pageToken: message.optionalText('page_token'),
  };
}

/** The tag (or param) that a message is. */
export function readTag(message: Message): Tag {
  return { key: message.text('key'), value: message.anyText('value') };
}

export function readTags(message: Message, name = 'tags'): ReadonlyMap<string, string> {
  return new Map(message.messages(name).map((tag) => [tag.text('key'), tag.anyText('value')]));
}
