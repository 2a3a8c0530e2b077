/**
 * Attestation documents of AWS Nitro Enclaves: COSE_Sign1 (RFC 9052) around a map, as
 * https://github.com/aws/aws-nitro-enclaves-nsm-api/blob/main/docs/attestation_process.md states it.
 */
import { concatBytes, type Result, sameBytes, utf8 } from '@surety/core';
import { type Cbor, decodeCbor, encodeByteString } from '../cbor.ts';
import { isZero } from '../cursor.ts';
import { malformed, reading } from '../problem.ts';

/** Largest document that is read; genuine ones have about 5,000 bytes. */
export const MAX_DOCUMENT_BYTES = 32_768;

export type NitroDocument = {
  readonly moduleId: string;
  /** Unix milliseconds by the clock of the hypervisor. */
  readonly timestampMs: number;
  /** Platform configuration registers by number, SHA-384; locked and never written ones are zero. */
  readonly pcrs: ReadonlyMap<number, Uint8Array>;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER of the CAs, root first. */
  readonly cabundle: readonly Uint8Array[];
  /** What the enclave asked to have signed with it; `null` where it gave none. */
  readonly publicKey: Uint8Array | null;
  readonly userData: Uint8Array | null;
  readonly nonce: Uint8Array | null;
  /** `r ‖ s` by the certificate's key over {@link NitroDocument.signed}. */
  readonly signature: Uint8Array;
  readonly signed: Uint8Array;
};

/** Header of COSE: algorithm ES384, and nothing else. */
const PROTECTED = new Uint8Array([0xa1, 0x01, 0x38, 0x22]);
const SIGNATURE_BYTES = 96;
const REGISTERS = 32;
const REGISTER_BYTES = 48;

const REQUIRED = ['module_id', 'digest', 'timestamp', 'pcrs', 'certificate', 'cabundle'] as const;
const OPTIONAL = ['public_key', 'user_data', 'nonce'] as const;

const bytesOf = (value: Cbor | undefined, field: string, min: number, max: number): Uint8Array => {
  if (!(value instanceof Uint8Array)) return malformed(field, 'is not a byte string');
  if (value.length < min || value.length > max) malformed(field, `has ${value.length} bytes, not ${min} to ${max}`);
  return value;
};

const optional = (value: Cbor | undefined, field: string, max: number): Uint8Array | null =>
  value === undefined || value === null ? null : bytesOf(value, field, 0, max);

const registersOf = (value: Cbor | undefined): ReadonlyMap<number, Uint8Array> => {
  if (!(value instanceof Map) || value.size === 0) return malformed('pcrs', 'is not a map of registers');
  const registers = new Map<number, Uint8Array>();
  for (const [key, register] of value as ReadonlyMap<string | number, Cbor>) {
    if (typeof key !== 'number' || key < 0 || key >= REGISTERS) malformed('pcrs', `has no register ${key}`);
    registers.set(key as number, bytesOf(register, `pcrs.${key}`, REGISTER_BYTES, REGISTER_BYTES));
  }
  return registers;
};

const payloadOf = (bytes: Uint8Array): Omit<NitroDocument, 'signature' | 'signed'> => {
  const map = decodeCbor(bytes, 'payload', { openMaps: true });
  if (!(map instanceof Map)) return malformed('payload', 'is not a map');
  const fields = map as ReadonlyMap<string | number, Cbor>;
  const known: readonly (string | number)[] = [...REQUIRED, ...OPTIONAL];
  const unknown = [...fields.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) malformed('payload', `has the unknown field ${unknown}`);
  const missing = REQUIRED.find((key) => !fields.has(key));
  if (missing !== undefined) malformed('payload', `lacks the field ${missing}`);
  const [moduleId, timestampMs, cabundle] = [fields.get('module_id'), fields.get('timestamp'), fields.get('cabundle')];
  if (typeof moduleId !== 'string' || moduleId === '') return malformed('module_id', 'is not text');
  if (fields.get('digest') !== 'SHA384') malformed('digest', 'is not SHA384');
  if (typeof timestampMs !== 'number' || timestampMs <= 0) return malformed('timestamp', 'is not a time');
  if (!Array.isArray(cabundle) || cabundle.length === 0) return malformed('cabundle', 'is not a list of certificates');
  return {
    moduleId,
    timestampMs,
    pcrs: registersOf(fields.get('pcrs')),
    certificate: bytesOf(fields.get('certificate'), 'certificate', 1, 1024),
    cabundle: cabundle.map((one: Cbor, i) => bytesOf(one, `cabundle.${i}`, 1, 1024)),
    publicKey: optional(fields.get('public_key'), 'public_key', 1024),
    userData: optional(fields.get('user_data'), 'user_data', 512),
    nonce: optional(fields.get('nonce'), 'nonce', 512),
  };
};

/** What the signature is over: `Sig_structure` of RFC 9052, section 4.4. */
const signedOf = (payload: Uint8Array): Uint8Array =>
  concatBytes(
    new Uint8Array([0x84, 0x6a]),
    utf8('Signature1'),
    encodeByteString(PROTECTED),
    encodeByteString(new Uint8Array(0)),
    encodeByteString(payload),
  );

/** The document that the bytes are: untagged, as the Nitro security module writes it. */
export const readNitroDocument = (bytes: Uint8Array): Result<NitroDocument> =>
  reading(() => {
    if (bytes.length > MAX_DOCUMENT_BYTES) {
      malformed('document', `has ${bytes.length} bytes, more than ${MAX_DOCUMENT_BYTES}`);
    }
    const message = decodeCbor(bytes, 'document');
    if (!Array.isArray(message) || message.length !== 4) return malformed('document', 'is not a COSE_Sign1');
    const [header, unprotected, payload, signature] = message as readonly Cbor[];
    if (!(header instanceof Uint8Array) || !sameBytes(header, PROTECTED)) malformed('header', 'is not that of ES384');
    if (!(unprotected instanceof Map) || unprotected.size > 0) malformed('header', 'has unprotected fields');
    const content = bytesOf(payload, 'payload', 1, MAX_DOCUMENT_BYTES);
    return {
      ...payloadOf(content),
      signature: bytesOf(signature, 'signature', SIGNATURE_BYTES, SIGNATURE_BYTES),
      signed: signedOf(content),
    };
  });

/** Whether the enclave ran in debug mode: its console could be read, and AWS then attests zeros as its image. */
export const isDebug = ({ pcrs }: NitroDocument): boolean => {
  const image = pcrs.get(0);
  return image === undefined || isZero(image);
};
