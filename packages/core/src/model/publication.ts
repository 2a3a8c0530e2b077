/** A publication as a file: the record with all that shows who made it, when it is logged, and what was revealed. */

import { fromUtf8 } from '../bytes.ts';
import { ok, type Result, refuse, show } from '../errors.ts';
import type { Json } from '../json.ts';
import * as s from '../shape.ts';
import type { LeafProof } from '../verify/place.ts';
import { type ModelRecord, modelRecordShape, publicationIdOf } from './record.ts';

/** The publisher's action: canonical JSON as it was signed, with the session key and its P-256 signature. */
export type SignedPublish = {
  readonly action: Json;
  readonly account: string;
  readonly sessionKey: string;
  readonly signature: string;
};

export type Reveal = {
  readonly program: string;
  /** 32 bytes, hex. */
  readonly salt: string;
  readonly at: number;
  readonly log: LeafProof;
};

export type Publication = {
  readonly type: 'surety/publication/v1';
  readonly publicationId: string;
  readonly record: ModelRecord;
  readonly signed: SignedPublish;
  readonly log: LeafProof;
  readonly reveal: Reveal | null;
  readonly overdue: { readonly at: number; readonly log: LeafProof } | null;
};

export const PUBLICATION_MAX_BYTES = 262_144;

const base64 = s.text({ max: 44, form: /^[A-Za-z0-9+/]{43}=$/, called: '32 bytes in base64' });

const proof: s.Shape<LeafProof> = s.object({
  index: s.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  inclusion: s.list(base64, { max: 64 }),
  checkpoint: s.text({ min: 1, max: 16_384 }),
});

const publicationShape: s.Shape<Publication> = s.object({
  type: s.literal('surety/publication/v1'),
  publicationId: s.hex(32),
  record: modelRecordShape,
  signed: s.object({
    action: s.json({ maxBytes: 65_536 }),
    account: s.address,
    sessionKey: s.text({ max: 130, form: /^04[0-9a-f]{128}$/, called: 'a P-256 point in hex' }),
    signature: s.hex(64),
  }),
  log: proof,
  reveal: s.nullable(s.object({ program: s.hex(32), salt: s.hex(32), at: s.unixSeconds, log: proof })),
  overdue: s.nullable(s.object({ at: s.unixSeconds, log: proof })),
});

/** A publication from plain data: every field known, and its id that of its record. */
export const readPublication = (value: unknown): Result<Publication> => {
  const read = publicationShape(value, '');
  if (!read.ok) return read;
  const id = publicationIdOf(read.value.record);
  if (id === read.value.publicationId) return read;
  return refuse({
    code: 'publication.changed',
    message: 'The record is not the one that its id names.',
    next: 'Get the publication again from the node that made it.',
    field: 'publicationId',
    value: show(read.value.publicationId),
    limit: id,
  });
};

/** A publication from the bytes of its file, in any JSON layout. */
export const parsePublication = (bytes: Uint8Array): Result<Publication> => {
  if (bytes.length > PUBLICATION_MAX_BYTES) {
    return refuse({
      code: 'input.too-large',
      message: `The publication has ${bytes.length} bytes.`,
      next: 'Name a file that `surety model publish` or `surety model verify --out` wrote.',
      field: '',
      limit: `${PUBLICATION_MAX_BYTES} bytes`,
    });
  }
  const text = fromUtf8(bytes, 'The publication');
  if (!text.ok) return text;
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch (error) {
    return refuse({
      code: 'input.malformed',
      message: `The publication is not JSON: ${show(error instanceof Error ? error.message : error)}.`,
      next: 'Get it again from the node.',
      field: '',
    });
  }
  const read = readPublication(value);
  return read.ok ? ok(read.value) : read;
};
