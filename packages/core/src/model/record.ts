/** Publications of models (spec 13.2, 13.3): the record, its id, and its leaves in the log. */
import { concatBytes, fromHex, toHex, utf8 } from '../bytes.ts';
import { encode, idOf } from '../canonical.ts';
import { SuretyError, unwrap } from '../errors.ts';
import { sha256 } from '../hash.ts';
import * as s from '../shape.ts';

export const MODEL_LIMITS = {
  nameCharacters: 64,
  versions: 1_000,
  /** Least bond of a hidden publication. */
  bondMicroUsd: 1_000_000n,
  /** Furthest a reveal may be put off, in seconds: five years. */
  revealSeconds: 5 * 366 * 86_400,
  programBytes: 1_073_741_824,
  probesBytes: 8_388_608,
  bundleBytes: 262_144,
  /** Bytes of one part of an upload. */
  partBytes: 8_388_608,
} as const;

export const MODEL_NAME = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

/** What a publisher committed to: a program in the open, or one that a salt hides until the reveal. */
export type ModelCommitment =
  | { readonly kind: 'open'; readonly program: string }
  | { readonly kind: 'hidden'; readonly hidden: string };

export type ModelRecord = {
  readonly type: 'surety/model/v1';
  /** EIP-55 address. */
  readonly publisher: string;
  readonly name: string;
  readonly version: number;
  /** Id of the publication of the version before. */
  readonly previous: string | null;
  readonly commitment: ModelCommitment;
  /** Unix seconds; `null` if and only if the program is open. */
  readonly revealBy: number | null;
  readonly bondMicroUsd: string;
  /** Id of the probe set published with it. */
  readonly probes: string | null;
  /** SHA-256 of a model-signing bundle. */
  readonly bundle: string | null;
  readonly publishedAt: number;
};

export type ModelTurn = 'published' | 'revealed' | 'overdue';

export type ModelLeaf = {
  readonly type: 'surety/leaf/model/v1';
  readonly publicationId: string;
  /** `<publisher>/<name>`. */
  readonly model: string;
  readonly version: number;
  readonly event: ModelTurn;
  /** The program's id once it is public. */
  readonly program: string | null;
  readonly at: number;
};

const commitment: s.Shape<ModelCommitment> = s.variant('kind', {
  open: s.object({ kind: s.literal('open'), program: s.hex(32) }),
  hidden: s.object({ kind: s.literal('hidden'), hidden: s.hex(32) }),
});

export const modelName: s.Shape<string> = s.text({
  min: 1,
  max: MODEL_LIMITS.nameCharacters,
  form: MODEL_NAME,
  called: 'a name of a-z 0-9 . _ - that begins and ends with a letter or digit',
});

export const modelRecordShape: s.Shape<ModelRecord> = s.object({
  type: s.literal('surety/model/v1'),
  publisher: s.address,
  name: modelName,
  version: s.integer({ min: 1, max: MODEL_LIMITS.versions }),
  previous: s.nullable(s.hex(32)),
  commitment,
  revealBy: s.nullable(s.unixSeconds),
  bondMicroUsd: s.amount,
  probes: s.nullable(s.hex(32)),
  bundle: s.nullable(s.hex(32)),
  publishedAt: s.unixSeconds,
});

/** SHA-256 of the record's canonical JSON. */
export const publicationIdOf = (record: ModelRecord): string => idOf(record);

/** `<publisher>/<name>`. */
export const modelOf = ({ publisher, name }: Pick<ModelRecord, 'publisher' | 'name'>): string => `${publisher}/${name}`;

/** The leaf of a turn in a publication's life. */
export const modelLeafOf = (
  record: ModelRecord,
  turn: { readonly event: ModelTurn; readonly program: string | null; readonly at: number },
): ModelLeaf => ({
  type: 'surety/leaf/model/v1',
  publicationId: publicationIdOf(record),
  model: modelOf(record),
  version: record.version,
  ...turn,
});

export const modelLeafBytes = (leaf: ModelLeaf): Uint8Array => encode(leaf);

const HIDDEN_TAG = utf8('surety:hidden:v1\0');

export const SALT_BYTES = 32;

/**
 * S of spec 12.7: names a program or a list of tensors without telling which.
 * @param salt random bytes that nobody else knows; whoever learns them can test guesses
 * @throws {SuretyError} `input.malformed` when the salt has not 32 bytes: a short one can be tried out
 */
export const hiding = (salt: Uint8Array, hidden: Uint8Array): Uint8Array => {
  if (salt.length !== SALT_BYTES) {
    throw new SuretyError({
      code: 'input.malformed',
      message: `A salt of ${salt.length} bytes does not hide what it is to hide.`,
      next: 'Draw 32 random bytes that nobody else knows, and keep them.',
      field: 'salt',
      value: `${salt.length} bytes`,
      limit: `${SALT_BYTES} bytes`,
    });
  }
  return sha256(concatBytes(HIDDEN_TAG, salt, hidden));
};

/**
 * {@link hiding} in hex, as records have it.
 * @throws {SuretyError} `input.malformed` unless both are 32 bytes of hex
 */
export const hiddenIdOf = (salt: string, id: string): string => {
  const bytes = (hex: string, field: string): Uint8Array => unwrap(fromHex(hex, { bytes: 32, field }));
  return toHex(hiding(bytes(salt, 'salt'), bytes(id, 'program')));
};
