/** Text from elsewhere, made safe to print: a question or a note must not move the cursor or hide a line. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this shows
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Control and direction characters as `\u{…}`. */
export const safe = (text: string): string => text.replace(UNSAFE, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
