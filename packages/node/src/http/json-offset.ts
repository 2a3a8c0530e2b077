/** Where a text stops being JSON (RFC 8259). Only called once `JSON.parse` has refused it, to say where. */

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const match = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

const skip = (text: string, at: number): number => match(SPACE, text, at);

/** Characters that the escape at `at` takes, or 0 where it is none. */
const escapeLength = (text: string, at: number): number => {
  const letter = text[at + 1] ?? '';
  if (letter === 'u') return /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)) ? 6 : 0;
  return letter !== '' && '"\\/bfnrt'.includes(letter) ? 2 : 0;
};

/** End of the string that starts at `at`, or `-1 - offset` of the first character that does not belong. */
const stringEnd = (text: string, at: number): number => {
  if (text[at] !== '"') return -1 - at;
  let i = at + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return i + 1;
    if (code < 0x20) return -1 - i;
    const length = code === 0x5c ? escapeLength(text, i) : 1;
    if (length === 0) return -1 - (i + 1);
    i += length;
  }
  return -1 - text.length;
};

const scalarEnd = (text: string, at: number): number => {
  if (text[at] === '"') return stringEnd(text, at);
  const end = Math.max(match(WORD, text, at), match(NUMBER, text, at));
  return end > at ? end : -1 - at;
};

type Expecting = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'comma-or-end';

/** Offset in UTF-16 units of the first character that makes `text` not JSON; its length when it ends too early. */
export const jsonErrorOffset = (text: string): number => {
  const closers: string[] = [];
  let expecting: Expecting = 'value';
  let at = skip(text, 0);
  for (;;) {
    if (expecting === 'comma-or-end' && closers.length === 0) return at;
    if (at >= text.length) return text.length;
    const character = text[at]!;
    if (expecting !== 'value' && expecting !== 'key' && character === closers.at(-1)) {
      closers.pop();
      expecting = 'comma-or-end';
      at += 1;
    } else if (expecting === 'comma-or-end') {
      if (character !== ',') return at;
      expecting = closers.at(-1) === '}' ? 'key' : 'value';
      at += 1;
    } else if (expecting === 'key' || expecting === 'key-or-end') {
      const end = stringEnd(text, at);
      if (end < 0) return -1 - end;
      at = skip(text, end);
      if (text[at] !== ':') return at;
      expecting = 'value';
      at += 1;
    } else if (character === '{' || character === '[') {
      closers.push(character === '{' ? '}' : ']');
      expecting = character === '{' ? 'key-or-end' : 'value-or-end';
      at += 1;
    } else {
      const end = scalarEnd(text, at);
      if (end < 0) return -1 - end;
      expecting = 'comma-or-end';
      at = end;
    }
    at = skip(text, at);
  }
};
