/**
 * Witness cosignatures: C2SP tlog-cosignature (https://c2sp.org/tlog-cosignature), `cosignature/v1`. A witness states
 * that at a time it saw this checkpoint, and that it was consistent with all it saw before.
 */
import { concatBytes, fromHex, sameBytes, utf8 } from '../bytes.ts';
import { ed25519PublicKey, ed25519Sign, ed25519Verify } from '../ed25519.ts';
import { ok, type Result, refuse, unwrap } from '../errors.ts';
import { type Note, type NoteKey, type NoteLine, noteKeyId } from './note.ts';

const signed = (text: string, time: number): Uint8Array => utf8(`cosignature/v1\ntime ${time}\n${text}`);

const TIME_BYTES = 8;
const TWO_TO_32 = 2 ** 32;

const encodeTime = (time: number): Uint8Array => {
  const bytes = new Uint8Array(TIME_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(time / TWO_TO_32));
  view.setUint32(4, time % TWO_TO_32);
  return bytes;
};

const decodeTime = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, TIME_BYTES);
  return view.getUint32(0) * TWO_TO_32 + view.getUint32(4);
};

/** Cosigns a checkpoint's text; `time` in Unix seconds. */
export const cosign = (
  text: string,
  witness: { readonly name: string; readonly secretKey: Uint8Array; readonly time: number },
): NoteLine => {
  const publicKey = unwrap(fromHex(ed25519PublicKey(witness.secretKey), { bytes: 32 }));
  return {
    name: witness.name,
    keyId: noteKeyId(witness.name, 'cosignature', publicKey),
    signature: concatBytes(encodeTime(witness.time), ed25519Sign(signed(text, witness.time), witness.secretKey)),
  };
};

const cosignatureLine = (note: Note, witness: NoteKey): NoteLine | undefined => {
  const key = fromHex(witness.publicKey, { bytes: 32 });
  if (!key.ok) return undefined;
  const keyId = noteKeyId(witness.name, 'cosignature', key.value);
  return note.lines.find((each) => each.name === witness.name && sameBytes(each.keyId, keyId));
};

/** When the witness saw the checkpoint, in Unix seconds, if its cosignature holds. */
export const verifyCosignature = (note: Note, witness: NoteKey): Result<number> => {
  const key = fromHex(witness.publicKey, { bytes: 32, field: 'publicKey' });
  if (!key.ok) return key;
  const line = cosignatureLine(note, witness);
  if (line !== undefined && line.signature.length === TIME_BYTES + 64) {
    const time = decodeTime(line.signature);
    const holds = ed25519Verify(line.signature.subarray(TIME_BYTES), signed(note.text, time), key.value);
    if (holds && Number.isSafeInteger(time)) return ok(time);
  }
  return refuse({
    code: 'log.bad-cosignature',
    message: `The checkpoint is not cosigned by the pinned key of the witness ${witness.name}.`,
    next: 'Check the witness key in your trust file, or get the receipt again.',
    field: 'log.checkpoint',
    value: line === undefined ? 'no such signature line' : 'the signature does not fit the text',
  });
};
