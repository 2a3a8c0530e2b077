/**
 * Signed notes: C2SP signed-note (https://c2sp.org/signed-note). Text, a blank line, and one line per signature. The
 * text form is strict: each note has one spelling.
 */
import { concatBytes, fromBase64, fromHex, sameBytes, toBase64, toHex, utf8 } from '../bytes.ts';
import { ed25519PublicKey, ed25519Sign } from '../ed25519.ts';
import { ok, type Result, refuse, show } from '../errors.ts';
import { sha256 } from '../hash.ts';

/** Signature algorithms of the specification that Surety uses. */
export const NOTE_ALGORITHMS = { ed25519: 0x01, cosignature: 0x04 } as const;
export type NoteAlgorithm = keyof typeof NOTE_ALGORITHMS;

/** A key that signs notes: `publicKey` is 32 bytes of Ed25519 in hex. */
export type NoteKey = { readonly name: string; readonly publicKey: string };

/** One signature line: who is said to have signed, four bytes of key id, and the signature. */
export type NoteLine = { readonly name: string; readonly keyId: Uint8Array; readonly signature: Uint8Array };

export type Note = { readonly text: string; readonly lines: readonly NoteLine[] };

export const NOTE_LIMITS = { signatures: 32, nameChars: 256 } as const;

const malformed = (message: string, value: unknown = ''): Result<never> =>
  refuse({
    code: 'log.bad-note',
    message,
    next: 'Fetch the checkpoint again from the log.',
    field: 'checkpoint',
    value: show(value),
  });

const MARK = '\u2014 ';
// biome-ignore lint/suspicious/noControlCharactersInRegex: the specification forbids control characters but newline
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f]/;

/** Whether a text may be a key name: not empty, no white space, no plus. */
export const isNoteName = (name: string): boolean => /^[^\s+]+$/u.test(name) && name.length <= NOTE_LIMITS.nameChars;

/** The first four bytes of `SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key)`. */
export const noteKeyId = (name: string, algorithm: NoteAlgorithm, publicKey: Uint8Array): Uint8Array =>
  sha256(concatBytes(utf8(`${name}\n`), new Uint8Array([NOTE_ALGORITHMS[algorithm]]), publicKey)).slice(0, 4);

const parseLine = (line: string): Result<NoteLine> => {
  const [name, encoded, ...rest] = line.slice(MARK.length).split(' ');
  if (!line.startsWith(MARK) || name === undefined || encoded === undefined || rest.length > 0 || !isNoteName(name)) {
    return malformed('A signature line of the note is not of its form.', line);
  }
  const bytes = fromBase64(encoded, { field: 'checkpoint' });
  if (!bytes.ok || bytes.value.length <= 4) return malformed(`The signature line of ${name} is not base64.`, line);
  return ok({ name, keyId: bytes.value.slice(0, 4), signature: bytes.value.slice(4) });
};

/** A note from its text; nothing is verified. */
export const parseNote = (note: string): Result<Note> => {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return malformed('The note has no signature lines after a blank line.');
  if (CONTROL.test(note) || !note.isWellFormed()) return malformed('The note holds control characters.');
  const text = note.slice(0, split + 1);
  const raw = note.slice(split + 2, -1).split('\n');
  if (raw.length > NOTE_LIMITS.signatures)
    return malformed(`The note has more than ${NOTE_LIMITS.signatures} signatures.`);
  const lines: NoteLine[] = [];
  for (const each of raw) {
    const line = parseLine(each);
    if (!line.ok) return line;
    const twice = lines.some((l) => l.name === line.value.name && sameBytes(l.keyId, line.value.keyId));
    if (twice) return malformed(`The note has two signatures by ${line.value.name}.`, each);
    lines.push(line.value);
  }
  return ok({ text, lines });
};

/** The text of a signature line. */
export const formatNoteLine = (line: NoteLine): string =>
  `${MARK}${line.name} ${toBase64(concatBytes(line.keyId, line.signature))}\n`;

/** The text of a note. */
export const formatNote = (note: Note): string => `${note.text}\n${note.lines.map(formatNoteLine).join('')}`;

/** Signs a note's text with a plain Ed25519 key. */
export const signNote = (text: string, signer: { readonly name: string; readonly secretKey: Uint8Array }): NoteLine => {
  const publicKey = fromHex(ed25519PublicKey(signer.secretKey), { bytes: 32 });
  const keyId = publicKey.ok ? noteKeyId(signer.name, 'ed25519', publicKey.value) : new Uint8Array(4);
  return { name: signer.name, keyId, signature: ed25519Sign(utf8(text), signer.secretKey) };
};

/** `name+keyid+base64(algorithm ‖ key)`: a verifier key as the tools of this format write it. */
export const formatVerifierKey = (key: NoteKey, algorithm: NoteAlgorithm = 'ed25519'): Result<string> => {
  const bytes = fromHex(key.publicKey, { bytes: 32, field: 'publicKey' });
  if (!bytes.ok) return bytes;
  const id = toHex(noteKeyId(key.name, algorithm, bytes.value));
  return ok(`${key.name}+${id}+${toBase64(concatBytes(new Uint8Array([NOTE_ALGORITHMS[algorithm]]), bytes.value))}`);
};

/** A verifier key from its text; its key id must fit. */
export const parseVerifierKey = (text: string): Result<NoteKey & { readonly algorithm: NoteAlgorithm }> => {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text);
  const bytes = fromBase64(match?.[3] ?? '?');
  const algorithm = (['ed25519', 'cosignature'] as const).find(
    (a) => bytes.ok && bytes.value[0] === NOTE_ALGORITHMS[a],
  );
  if (match === null || !bytes.ok || bytes.value.length !== 33 || algorithm === undefined) {
    return malformed('The text is not a verifier key.', text);
  }
  const key = { name: match[1]!, publicKey: toHex(bytes.value.subarray(1)), algorithm };
  const right = formatVerifierKey(key, algorithm);
  return right.ok && right.value === text ? ok(key) : malformed('The verifier key has a wrong key id.', text);
};
