import type { SearchOptions } from '../entities/page.ts';
import type { Tag } from '../entities/run.ts';
import type { Message } from './message.ts';

/** What every search takes. */
export function readSearch(message: Message): SearchOptions {
  return {
    filter: message.optionalText('filter'),
    orderBy: message.texts('order_by'),
    ...readPaging(message),
  };
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
