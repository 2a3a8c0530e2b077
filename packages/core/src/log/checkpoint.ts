/** Checkpoints: C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint), a signed note over a log's size and root. */
import { fromBase64, fromHex, sameBytes, toBase64, utf8 } from '../bytes.ts';
import { ed25519Verify } from '../ed25519.ts';
import { ok, type Result, refuse, show } from '../errors.ts';
import { HASH_BYTES } from './hash.ts';
import {
  formatNote,
  isNoteName,
  type Note,
  type NoteKey,
  type NoteLine,
  noteKeyId,
  parseNote,
  signNote,
} from './note.ts';

export type Checkpoint = {
  /** Name of the log, also of its key. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Further lines, opaque; signed like the rest. */
  readonly extensions: readonly string[];
};

const malformed = (message: string, value: unknown): Result<never> =>
  refuse({
    code: 'log.bad-checkpoint',
    message,
    next: 'Fetch the checkpoint again from the log.',
    field: 'checkpoint',
    value: show(value),
  });

/** The text of a checkpoint, before signing. */
export const formatCheckpoint = (checkpoint: Checkpoint): string =>
  [checkpoint.origin, checkpoint.size.toString(), toBase64(checkpoint.root), ...checkpoint.extensions, ''].join('\n');

/** A checkpoint from a note's text. */
export const parseCheckpoint = (text: string): Result<Checkpoint> => {
  const [origin, size, root, ...rest] = text.split('\n');
  if (origin === undefined || !isNoteName(origin)) return malformed('The checkpoint names no log.', origin);
  if (size === undefined || !/^(?:0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) {
    return malformed('The checkpoint has no tree size.', size);
  }
  const hash = fromBase64(root ?? '', { bytes: HASH_BYTES, field: 'checkpoint' });
  if (!hash.ok) return malformed('The checkpoint has no root hash.', root);
  const extensions = rest.slice(0, -1);
  if (rest.at(-1) !== '' || extensions.includes('')) return malformed('The checkpoint has an empty line.', text);
  return ok({ origin, size: Number(size), root: hash.value, extensions });
};

/** Signs a checkpoint as its log; cosignatures are appended as further lines. */
export const signCheckpoint = (
  checkpoint: Checkpoint,
  secretKey: Uint8Array,
  cosignatures: readonly NoteLine[] = [],
): string => {
  const text = formatCheckpoint(checkpoint);
  return formatNote({ text, lines: [signNote(text, { name: checkpoint.origin, secretKey }), ...cosignatures] });
};

/** A note that is a checkpoint, with both readings of it; nothing is verified. */
export const openCheckpoint = (note: string): Result<{ readonly note: Note; readonly checkpoint: Checkpoint }> => {
  const opened = parseNote(note);
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpoint(opened.value.text);
  return checkpoint.ok ? ok({ note: opened.value, checkpoint: checkpoint.value }) : checkpoint;
};

/** Whether the log's own key signed the note. */
export const verifyLogSignature = (note: Note, log: NoteKey): Result<true> => {
  const key = fromHex(log.publicKey, { bytes: 32, field: 'publicKey' });
  if (!key.ok) return key;
  const keyId = noteKeyId(log.name, 'ed25519', key.value);
  const line = note.lines.find((each) => each.name === log.name && sameBytes(each.keyId, keyId));
  if (line !== undefined && ed25519Verify(line.signature, utf8(note.text), key.value)) return ok(true);
  return refuse({
    code: 'log.bad-signature',
    message: `The checkpoint is not signed by the pinned key of the log ${log.name}.`,
    next: 'Check the log key in your trust file, or get the receipt again.',
    field: 'log.checkpoint',
    value: line === undefined ? 'no such signature line' : 'the signature does not fit the text',
  });
};
