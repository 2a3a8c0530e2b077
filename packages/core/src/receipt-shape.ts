/** The strict readers of receipts and their statements, with every limit stated. See `spec/07-receipt.md`. */

import { ZERO_ADDRESS } from './address.ts';
import { fromBase64 } from './bytes.ts';
import { decode } from './canonical-decode.ts';
import { claimShape } from './claim-shape.ts';
import { type Result, refuse } from './errors.ts';
import { EVIDENCE_LIMITS, evidenceShape } from './evidence-shape.ts';
import type { Cover, DecidedBy, LogLeaf, Network, Receipt, ReceiptPredicate, ReceiptStatement } from './receipt.ts';
import type { Broken } from './shape.ts';
import * as s from './shape.ts';

export const RECEIPT_LIMITS = {
  /** Bytes of a receipt file. */
  bytes: 1_048_576,
  /** Characters of the signed checkpoint, cosignatures included. */
  checkpointChars: 16_384,
  /** Hashes of an inclusion proof. */
  inclusion: 64,
} as const;

const sentence = s.text({ min: 1, max: 1000 });
const count = s.integer({ min: 0, max: 10_000 });
const status = s.oneOf('provisional', 'final', 'superseded', 'overturned');

const decidedBy: s.Shape<DecidedBy> = s.variant('kind', {
  market: s.object({ kind: s.literal('market') }),
  panel: s.object({
    kind: s.literal('panel'),
    votesFor: count,
    votesAgainst: count,
    abstained: count,
    audited: s.boolean,
  }),
  official: s.object({ kind: s.literal('official'), source: s.text({ min: 1, max: 200 }) }),
  people: s.object({ kind: s.literal('people'), note: sentence }),
  court: s.object({
    kind: s.literal('court'),
    round: s.integer({ min: 1, max: EVIDENCE_LIMITS.courtRounds }),
    jurors: s.oneOf('ai', 'people'),
    said: s.oneOf('outcome', 'undecidable', 'too-early', 'invalid'),
    votesFor: count,
    votesAgainst: count,
    silent: count,
  }),
  undecided: s.object({ kind: s.literal('undecided'), reason: sentence }),
});

const cover: s.Shape<Cover> = s.object({
  amountMicroUsd: s.amount,
  payer: s.address,
  beneficiary: s.address,
  condition: s.literal('overturned-before-until'),
  until: s.unixSeconds,
});

export const networkShape: s.Shape<Network> = s.object({
  chainId: s.chainId,
  receiptVerifier: s.address,
  operator: s.address,
  environment: s.oneOf('development', 'production'),
});

const predicate: s.Shape<ReceiptPredicate> = s.object({
  claim: claimShape,
  evidence: s.list(evidenceShape, { max: EVIDENCE_LIMITS.pieces }),
  outcome: s.nullable(s.text({ min: 1, max: 64 })),
  probabilitiesPpm: s.list(s.ppm, { min: 2, max: 16 }),
  status,
  decidedBy,
  issuedAt: s.unixSeconds,
  finalAfter: s.unixSeconds,
  supersedes: s.nullable(s.hex(32)),
  supersededBy: s.nullable(s.hex(32)),
  cover: s.nullable(cover),
  costMicroUsd: s.amount,
  network: networkShape,
  assumes: s.list(sentence, { max: 64 }),
});

const broken = (field: string, what: string, limit: string): Broken => ({
  code: 'receipt.inconsistent',
  field,
  what,
  limit,
});

/** Kinds of which a receipt has at most one. */
const SINGLE: ReadonlySet<string> = new Set([
  'asker-signature',
  'screening',
  'market-record',
  'official-record',
  'court-record',
]);

/** Whether there is an outcome where whoever decided gave one; the market may have none clear enough. */
const fits = ({ decidedBy, outcome }: ReceiptPredicate): boolean => {
  if (decidedBy.kind === 'market') return true;
  const given = decidedBy.kind === 'court' ? decidedBy.said === 'outcome' : decidedBy.kind !== 'undecided';
  return given === (outcome !== null);
};

/** The first contradiction between fields, or `null`. The order of the rules is that of `spec/07-receipt.md`. */
const contradiction = (p: ReceiptPredicate): Broken | null => {
  const { outcomes } = p.claim;
  if (p.outcome !== null && !outcomes.includes(p.outcome)) {
    return broken('outcome', 'is not an outcome of the claim', outcomes.join(' | '));
  }
  if (p.probabilitiesPpm.length !== outcomes.length) {
    return broken('probabilitiesPpm', 'does not list each outcome', `${outcomes.length} numbers`);
  }
  if (p.probabilitiesPpm.reduce((sum, each) => sum + each, 0) !== 1_000_000) {
    return broken('probabilitiesPpm', 'does not sum to one', 'a sum of 1000000');
  }
  if (!fits(p)) {
    return broken('outcome', 'does not fit who decided', 'null exactly when undecided, or ruled to have no outcome');
  }
  if (p.status === 'final' && (p.decidedBy.kind === 'market' || p.finalAfter !== p.issuedAt)) {
    const what = p.decidedBy.kind === 'market' ? 'is final although only the market spoke' : 'is final but not yet';
    return broken('status', what, 'a final answer that something other than the market decided, finalAfter = issuedAt');
  }
  if (p.finalAfter < p.issuedAt) return broken('finalAfter', 'lies before issuedAt', `at least ${p.issuedAt}`);
  const replaced = p.status === 'superseded' || p.status === 'overturned';
  if (replaced !== (p.supersededBy !== null)) {
    return broken('supersededBy', 'does not fit the status', 'an id exactly when superseded or overturned');
  }
  if (p.cover !== null && (BigInt(p.cover.amountMicroUsd) === 0n || p.cover.beneficiary === ZERO_ADDRESS)) {
    return broken('cover', 'promises nothing, or to nobody', 'null where nothing is covered');
  }
  if (p.cover !== null && p.cover.until < p.issuedAt) {
    return broken('cover.until', 'lies before issuedAt', `at least ${p.issuedAt}`);
  }
  const repeated = p.evidence.findIndex(
    ({ kind }, i) => SINGLE.has(kind) && p.evidence.findIndex((piece) => piece.kind === kind) !== i,
  );
  if (repeated >= 0) return broken(`evidence.${repeated}`, 'is a second one of its kind', 'one of this kind');
  return null;
};

/** Reads the statement inside an envelope: shape first, then contradictions between fields. */
export const statementShape: s.Shape<ReceiptStatement> = s.object({
  _type: s.literal('https://in-toto.io/Statement/v1'),
  subject: s.list(s.object({ name: s.text({ min: 1, max: 64 }), digest: s.object({ sha256: s.hex(32) }) }), {
    min: 1,
    max: EVIDENCE_LIMITS.pieces + 32,
  }),
  predicateType: s.literal('https://surety.network/receipt/v1'),
  predicate: s.where(predicate, contradiction),
});

const base64Text = (max: number): s.Shape<string> => s.text({ max, form: /^[A-Za-z0-9+/]*={0,2}$/, called: 'base64' });
const signature = s.object({ keyid: s.hex(32), sig: base64Text(88) });
const signatures = s.list(signature, { min: 1, max: 1 }) as s.Shape<Receipt['envelope']['signatures']>;

const receiptShape: s.Shape<Receipt> = s.object({
  type: s.literal('surety/receipt/v1'),
  envelope: s.object({
    payloadType: s.literal('application/vnd.in-toto+json'),
    payload: base64Text(RECEIPT_LIMITS.bytes),
    signatures,
  }),
  eip712: s.object({ issuer: s.address, signature: s.hex(65, '0x') }),
  log: s.object({
    index: s.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    inclusion: s.list(base64Text(44), { max: RECEIPT_LIMITS.inclusion }),
    checkpoint: s.text({ min: 1, max: RECEIPT_LIMITS.checkpointChars }),
  }),
});

export const logLeafShape: s.Shape<LogLeaf> = s.object({
  type: s.literal('surety/leaf/receipt/v2'),
  operator: s.address,
  receiptId: s.hex(32),
  claimId: s.hex(32),
  outcome: s.nullable(s.hex(32)),
  status,
  issuedAt: s.unixSeconds,
  finalAfter: s.unixSeconds,
  supersedes: s.nullable(s.hex(32)),
  cover: s.nullable(s.object({ amountMicroUsd: s.amount, beneficiary: s.address, until: s.unixSeconds })),
});

const NEWLINE = 10;

/**
 * A receipt from the bytes of its file: canonical JSON and one final newline, at most 1 MiB. Only the outer form is
 * read here; nothing is verified.
 */
export const parseReceipt = (bytes: Uint8Array): Result<Receipt> => {
  if (bytes.length === 0) {
    return refuse({ code: 'input.empty', message: 'The receipt is empty.', next: 'Name a receipt file.', field: '' });
  }
  if (bytes.length > RECEIPT_LIMITS.bytes) {
    return refuse({
      code: 'input.too-large',
      message: `The receipt has ${bytes.length} bytes.`,
      next: 'Receipts are at most 1 MiB: name another file.',
      field: '',
      limit: `${RECEIPT_LIMITS.bytes} bytes`,
    });
  }
  if (bytes.at(-1) !== NEWLINE) {
    return refuse({
      code: 'input.not-canonical',
      message: `The receipt does not end in one newline at byte ${bytes.length - 1}.`,
      next: 'Get the receipt again: bytes were changed or cut.',
      field: '',
    });
  }
  const value = decode(bytes.subarray(0, -1), { maxBytes: RECEIPT_LIMITS.bytes });
  return value.ok ? receiptShape(value.value, '') : value;
};

/** The statement inside a receipt's envelope, read strictly: base64, canonical JSON, fields, contradictions. */
export const parseStatement = (receipt: Pick<Receipt, 'envelope'>): Result<ReceiptStatement> => {
  const payload = fromBase64(receipt.envelope.payload, { field: 'envelope.payload' });
  if (!payload.ok) return payload;
  const value = decode(payload.value);
  return value.ok ? statementShape(value.value, '') : value;
};
