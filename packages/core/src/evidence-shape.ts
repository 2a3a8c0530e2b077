/** The strict reader of evidence, with every limit stated. See `spec/03-evidence.md`. */
import { idOf } from './canonical.ts';
import { ok, type Result } from './errors.ts';
import type { Evidence, Execution } from './evidence.ts';
import type { Json } from './json.ts';
import { ISSUER_KEY_BYTES } from './persons/issuer-key.ts';
import { PERSON_TOKEN_BYTES } from './persons/token.ts';
import * as s from './shape.ts';
import { isOutcome, MOST_OUTCOMES, OUTCOME } from './votes.ts';

export const EVIDENCE_LIMITS = {
  /** Pieces of evidence in one receipt. */
  pieces: 256,
  /** Canonical bytes of what one analyst or juror read. */
  inputBytes: 131_072,
  /** Canonical bytes of an adapter. */
  adapterBytes: 16_384,
  /** Trades listed in one market record; earlier ones are counted, not listed. */
  trades: 5000,
  /** Rounds of one court case, and seats of one round. */
  courtRounds: 4,
  courtSeats: 31,
} as const;

const name = s.text({ min: 1, max: 128 });
const sentence = s.text({ min: 1, max: 1000 });
const sentences = s.list(sentence, { max: 64 });
const input = s.json({ maxBytes: EVIDENCE_LIMITS.inputBytes });
const outcome = s.integer({ min: 0, max: 15 });
const program = s.text({
  min: 1,
  max: 200,
  form: /^[A-Za-z0-9._/-]+@(?:[0-9a-f]{64}|[A-Za-z0-9._-]+)$/,
  called: 'name@sha256 of a program',
});
const TENSOR_PROGRAM = /^(?:program|hidden):[0-9a-f]{64}$/;
/** What a report may name beside code: a tensor program by its id, or by a commitment that hides it. */
const anyProgram: s.Shape<string> = (value, path) =>
  typeof value === 'string' && TENSOR_PROGRAM.test(value) ? ok(value) : program(value, path);
const execution = s.object({
  adapter: s.json({ maxBytes: EVIDENCE_LIMITS.adapterBytes }),
  inputs: s.hex(32),
  outputs: s.hex(32),
});
const hiddenId = s.hex(32);
const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A public program brings its adapter along, a private one names it by a commitment, and code has none. */
const goesWith = (program: string, run: Execution | undefined): boolean => {
  if (run === undefined) return !TENSOR_PROGRAM.test(program);
  if (program.startsWith('hidden:')) return hiddenId(run.adapter, '').ok;
  return TENSOR_PROGRAM.test(program) && isObject(run.adapter);
};

const verdict = s.where(s.integer({ min: 0, max: OUTCOME.invalid }), (code) =>
  isOutcome(code, MOST_OUTCOMES)
    ? null
    : { code: 'input.out-of-range', field: '', what: 'is no outcome', limit: '0 .. 15, 253, 254 or 255' },
);
const courtSeat = s.where(
  s.object(
    {
      juror: s.address,
      operator: s.nullable(name),
      family: s.nullable(name),
      vote: s.oneOf('cast', 'abstained', 'absent', 'copy', 'shown'),
      outcome: s.nullable(verdict),
      reading: s.nullable(s.hex(32)),
    },
    { token: s.hex(PERSON_TOKEN_BYTES) },
  ),
  ({ vote, outcome }) =>
    (vote === 'cast') === (outcome !== null)
      ? null
      : {
          code: 'input.malformed',
          field: 'outcome',
          what: 'does not go with the vote',
          limit: 'exactly of a cast vote',
        },
);
const courtRound = s.object(
  {
    jurors: s.oneOf('ai', 'people'),
    quorum: s.integer({ min: 1, max: EVIDENCE_LIMITS.courtSeats }),
    beacon: s.nullable(s.object({ randomness: s.hex(32), source: s.oneOf('drand', 'chain') })),
    seats: s.list(courtSeat, { max: EVIDENCE_LIMITS.courtSeats }),
    ruling: s.nullable(verdict),
  },
  { persons: s.object({ issuer: name, tokenKey: s.hex(ISSUER_KEY_BYTES) }) },
);

/** Reads one piece of evidence at a path; see {@link parseEvidence}. */
export const evidenceShape: s.Shape<Evidence> = s.variant('kind', {
  'analyst-report': s.where(
    s.object(
      {
        kind: s.literal('analyst-report'),
        analyst: name,
        program: anyProgram,
        input,
        probabilityPpm: s.nullable(s.ppm),
        saw: sentences,
        didNotSee: sentences,
        reasons: sentences,
        at: s.unixSeconds,
      },
      { execution },
    ),
    (report) =>
      goesWith(report.program, report.execution)
        ? null
        : {
            code: 'input.malformed',
            field: 'execution',
            what: 'does not go with the program',
            limit:
              'an execution exactly where the program is a tensor program, with the adapter of a public one itself',
          },
  ),
  'asker-signature': s.object({
    kind: s.literal('asker-signature'),
    reading: s.text({ min: 1, max: 4000 }),
    expiresAt: s.unixSeconds,
    signature: s.hex(65, '0x'),
  }),
  screening: s.object({
    kind: s.literal('screening'),
    policy: name,
    verdict: s.literal('allowed'),
    at: s.unixSeconds,
  }),
  'market-record': s.object({
    kind: s.literal('market-record'),
    marketId: name,
    subsidyMicroUsd: s.amount,
    trades: s.list(
      s.object({
        account: name,
        outcome,
        deltaMicroShares: s.signedAmount,
        costMicroUsd: s.signedAmount,
        at: s.unixSeconds,
      }),
      { max: EVIDENCE_LIMITS.trades },
    ),
    omittedTrades: s.amount,
    quantities: s.list(s.signedAmount, { min: 2, max: MOST_OUTCOMES }),
    journalDigest: s.hex(32),
  }),
  'juror-vote': s.object({
    kind: s.literal('juror-vote'),
    juror: name,
    operator: name,
    family: name,
    program,
    input,
    outcome: s.nullable(outcome),
    probabilityPpm: s.nullable(s.ppm),
    at: s.unixSeconds,
  }),
  'official-record': s.object({
    kind: s.literal('official-record'),
    source: s.text({ min: 1, max: 200 }),
    statement: s.text({ min: 1, max: 4000 }),
    outcome: s.nullable(outcome),
    at: s.unixSeconds,
  }),
  'court-record': s.object({
    kind: s.literal('court-record'),
    caseId: s.hex(32),
    proposed: verdict,
    rounds: s.list(courtRound, { min: 1, max: EVIDENCE_LIMITS.courtRounds }),
    at: s.unixSeconds,
  }),
});

/** A piece of evidence from plain data: every field known and within its limit, nothing else. */
export const parseEvidence = (value: unknown): Result<Evidence> => evidenceShape(value, '');

/** The id of the adapter that a run went through, hex: recomputed where it is here, else as it is hidden. */
export const adapterIdIn = ({ adapter }: Execution): string => (typeof adapter === 'string' ? adapter : idOf(adapter));

/** The id of a piece of evidence: SHA-256 of its canonical JSON, hex without a prefix. */
export const evidenceIdOf = (evidence: Evidence): string => idOf(evidence);
