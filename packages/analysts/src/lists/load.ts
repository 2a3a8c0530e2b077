/** Lists a user brings along, in the three forms they are published in. */

import { ok, type Problem, type Result, refuse, show } from '@surety/core';
import type { DomainList } from './lists.ts';

/** Largest list text read, in characters. */
export const MAX_LIST_CHARACTERS = 64 * 1024 * 1024;

const HOST = /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/;

const bad = (message: string, value: unknown): { readonly ok: false; readonly problem: Problem } =>
  refuse({
    code: 'input.malformed',
    message,
    next: 'Pass one domain a line, a hosts file, or JSON with a `blacklist` or `deny` array.',
    field: 'list',
    value: show(value),
  });

const entriesOf = (text: string): unknown => {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') {
    return text
      .split('\n')
      .map((line) => line.replace(/#.*$/, '').trim())
      .filter((line) => line !== '')
      .map(
        (line) => line.split(/[\s,]+/).find((word) => HOST.test(word.toLowerCase()) && !/^[0-9.]+$/.test(word)) ?? '',
      );
  }
  const json: unknown = JSON.parse(text);
  if (Array.isArray(json)) return json;
  const object = json as Readonly<Record<string, unknown>>;
  return object.blacklist ?? object.blocklist ?? object.deny;
};

/** Reads a published list. Lines that are not host names are dropped; a list with none is refused. */
export const loadList = (text: string, name: string, asOf: string): Result<DomainList> => {
  if (text.length > MAX_LIST_CHARACTERS) {
    return refuse({
      code: 'input.too-large',
      message: 'The list is too long.',
      next: 'Split it.',
      field: 'list',
      limit: `${MAX_LIST_CHARACTERS} characters`,
    });
  }
  let entries: unknown;
  try {
    entries = entriesOf(text);
  } catch {
    return bad('The list looks like JSON but does not parse.', text.slice(0, 80));
  }
  if (!Array.isArray(entries)) return bad('The JSON holds no array of domains.', text.slice(0, 80));
  const hosts = entries
    .filter((entry): entry is string => typeof entry === 'string')
    .map((entry) => entry.toLowerCase().replace(/\.+$/, ''))
    .filter((entry) => HOST.test(entry));
  return hosts.length === 0
    ? bad('The list holds no host name.', text.slice(0, 80))
    : ok({ name, asOf, deny: new Set(hosts) });
};
