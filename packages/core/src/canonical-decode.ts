/**
 * The strict reader of canonical JSON: accepts exactly what `encode` writes and names the byte where anything
 * else departs from it. See `spec/01-canonical.md`.
 */
import { fromUtf8, utf8 } from './bytes.ts';
import { CANONICAL_LIMITS, KEY_FORM } from './canonical.ts';
import { type ErrorCode, type Result, refuse, show } from './errors.ts';
import { attempt, Refusal } from './internal/refusal.ts';
import type { Json } from './json.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: raw control characters end a run of plain text
const PLAIN_RUN = /[^"\\\u0000-\u001f]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
};
const CONTROL_ESCAPE = /^00(?:0[0-7be]|0f|1[0-9a-f])$/;

class Reader {
  readonly text: string;
  at = 0;
  readonly path: (string | number)[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Refuses what stands at the current place, naming its byte and the field it is in. */
  fail(code: ErrorCode, what: string, next: string, limit?: string): never {
    const offset = utf8(this.text.slice(0, this.at)).length;
    const field = this.path.join('.');
    throw new Refusal({
      code,
      message: `${field === '' ? '' : `${field}: `}${what} at byte ${offset}.`,
      next,
      field,
      value: show(this.text.slice(this.at, this.at + 24)),
      ...(limit === undefined ? {} : { limit }),
    });
  }

  value(depth: number): Json {
    const c = this.text[this.at];
    if (c === '"') return this.string();
    if (c === '{') return this.object(depth);
    if (c === '[') return this.array(depth);
    if (c === 't') return this.word('true', true);
    if (c === 'f') return this.word('false', false);
    if (c === 'n') return this.word('null', null);
    if (c === '-' || (c !== undefined && c >= '0' && c <= '9')) return this.number();
    if (c === undefined) return this.fail('input.malformed', 'The text ends too early', 'Send the whole value.');
    if (c === ' ' || c === '\n' || c === '\t' || c === '\r') return this.space();
    return this.fail('input.malformed', 'No JSON value starts', 'Encode the value as canonical JSON.');
  }

  space(): never {
    return this.fail('input.not-canonical', 'White space stands', 'Encode the value without white space.');
  }

  word<T extends Json>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) {
      return this.fail('input.malformed', 'No JSON value stands', 'Encode the value as canonical JSON.');
    }
    this.at += word.length;
    return value;
  }

  number(): number {
    NUMBER.lastIndex = this.at;
    const digits = NUMBER.exec(this.text)?.[0];
    if (digits === undefined) return this.fail('input.malformed', 'A number has no digits', 'Write its digits.');
    if (digits === '-0') return this.fail('input.not-canonical', 'Minus zero stands', 'Write 0.');
    const after = this.text[this.at + digits.length];
    if (after !== undefined && /[0-9.eE+-]/.test(after)) {
      return this.fail('input.not-canonical', 'A number is not in its shortest whole form', 'Write it as an integer.');
    }
    const value = Number(digits);
    if (!Number.isSafeInteger(value)) {
      const limit = `-${CANONICAL_LIMITS.integer} .. ${CANONICAL_LIMITS.integer}`;
      return this.fail('input.out-of-range', 'A number beyond 2^53 - 1 stands', 'Use a decimal string.', limit);
    }
    this.at += digits.length;
    return value;
  }

  string(): string {
    let value = '';
    this.at += 1;
    for (;;) {
      PLAIN_RUN.lastIndex = this.at;
      const run = PLAIN_RUN.exec(this.text)![0];
      value += run;
      this.at += run.length;
      const c = this.text[this.at];
      if (c === '"') break;
      if (c === undefined) return this.fail('input.malformed', 'A text has no end', 'Send the whole value.');
      if (c !== '\\') return this.fail('input.malformed', 'A raw control character stands', 'Escape it.');
      value += this.escape();
    }
    this.at += 1;
    return value;
  }

  escape(): string {
    const c = this.text[this.at + 1];
    const simple = c === undefined ? undefined : ESCAPES[c];
    if (simple !== undefined) {
      this.at += 2;
      return simple;
    }
    const hex = this.text.slice(this.at + 2, this.at + 6);
    if (c === 'u' && CONTROL_ESCAPE.test(hex)) {
      this.at += 6;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    if (c === '/' || (c === 'u' && /^[0-9a-fA-F]{4}$/.test(hex))) {
      return this.fail('input.not-canonical', 'A character is escaped that need not be', 'Write it as it is.');
    }
    return this.fail('input.malformed', 'An unknown escape stands', 'Encode the text again.');
  }

  enter(depth: number): void {
    if (depth < CANONICAL_LIMITS.depth) return;
    this.fail('input.too-large', 'The value is nested too deeply', 'Flatten it.', `${CANONICAL_LIMITS.depth} levels`);
  }

  /** After an item: true to go on, false when `close` ended the container. */
  more(close: ']' | '}'): boolean {
    const c = this.text[this.at];
    if (c === ',' || c === close) {
      this.at += 1;
      return c === ',';
    }
    if (c === ' ' || c === '\n' || c === '\t' || c === '\r') return this.space();
    return this.fail('input.malformed', `Neither a comma nor ${close} follows`, 'Encode the value again.');
  }

  array(depth: number): Json {
    this.enter(depth);
    const items: Json[] = [];
    this.at += 1;
    if (this.text[this.at] === ']') {
      this.at += 1;
      return items;
    }
    do {
      this.path.push(items.length);
      items.push(this.value(depth + 1));
      this.path.pop();
    } while (this.more(']'));
    return items;
  }

  object(depth: number): Json {
    this.enter(depth);
    const entries: [string, Json][] = [];
    this.at += 1;
    if (this.text[this.at] === '}') {
      this.at += 1;
      return {};
    }
    let previous = '';
    do {
      const key = this.key(previous);
      this.path.push(key);
      entries.push([key, this.value(depth + 1)]);
      this.path.pop();
      previous = key;
    } while (this.more('}'));
    // fromEntries defines members, so a key such as __proto__ stays data
    return Object.fromEntries(entries);
  }

  key(previous: string): string {
    const start = this.at;
    const c = this.text[this.at];
    if (c === ' ' || c === '\n' || c === '\t' || c === '\r') return this.space();
    if (c !== '"') return this.fail('input.malformed', 'No key stands', 'Encode the object again.');
    const key = this.string();
    const colon = this.text[this.at];
    const end = this.at;
    this.at = start;
    if (!KEY_FORM.test(key)) {
      return this.fail('input.malformed', 'A key is not allowed', 'Rename it.', '1 to 64 of A-Z a-z 0-9 _ . : / $ @ -');
    }
    if (this.text.slice(start, end) !== `"${key}"`) {
      return this.fail('input.not-canonical', 'A key is escaped', 'Write it as it is.');
    }
    if (key === previous) return this.fail('input.not-canonical', 'A key stands twice', 'Keep one of them.');
    if (key < previous) return this.fail('input.not-canonical', 'A key is out of order', 'Sort keys by their bytes.');
    this.at = end;
    if (colon === ' ' || colon === '\n' || colon === '\t' || colon === '\r') return this.space();
    if (colon !== ':') return this.fail('input.malformed', 'No colon follows a key', 'Encode the object again.');
    this.at += 1;
    return key;
  }
}

/**
 * The value of canonical JSON bytes; anything but its one canonical encoding is refused, naming byte and field.
 * @param options.maxBytes limit of the bytes, 1 MiB unless stated
 */
export const decode = (bytes: Uint8Array, options: { readonly maxBytes?: number } = {}): Result<Json> => {
  const limit = options.maxBytes ?? CANONICAL_LIMITS.bytes;
  if (bytes.length === 0) {
    return refuse({ code: 'input.empty', message: 'There are no bytes.', next: 'Send a value.', field: '' });
  }
  if (bytes.length > limit) {
    const message = `There are ${bytes.length} bytes.`;
    return refuse({ code: 'input.too-large', message, next: 'Send less.', field: '', limit: `${limit} bytes` });
  }
  const text = fromUtf8(bytes, 'The value');
  if (!text.ok) return refuse({ ...text.problem, field: '' });
  const reader = new Reader(text.value);
  return attempt(() => {
    const value = reader.value(0);
    if (reader.at === text.value.length) return value;
    return reader.fail('input.not-canonical', 'More bytes follow the value', 'Send one value and nothing after it.');
  });
};
