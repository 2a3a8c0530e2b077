/** The strict reader of claims, with every limit stated. See `spec/02-claim.md`. */
import { idOf } from './canonical.ts';
import type { Claim, QuestionClaim, ResolutionRule, Subject } from './claim.ts';
import type { Result } from './errors.ts';
import * as s from './shape.ts';
import { MOST_OUTCOMES } from './votes.ts';

export const CLAIM_LIMITS = { hostChars: 253, urlChars: 2048, messageChars: 20_000, statementChars: 1000 } as const;

const host = s.text({ min: 1, max: CLAIM_LIMITS.hostChars, form: /^[a-z0-9._-]+$/, called: 'an ASCII host name' });
const url = s.text({ min: 1, max: CLAIM_LIMITS.urlChars, form: /^https?:\/\/[\x21-\x7e]+$/, called: 'an http(s) URL' });
const label = s.text({ min: 1, max: 64 });

const subject: s.Shape<Subject> = s.variant('kind', {
  site: s.object({ kind: s.literal('site'), host }, { url }),
  token: s.object(
    { kind: s.literal('token'), chainId: s.chainId, address: s.address },
    { symbol: label, name: s.text({ min: 1, max: 128 }) },
  ),
  address: s.object({ kind: s.literal('address'), chainId: s.chainId, address: s.address }),
  contract: s.object({ kind: s.literal('contract'), chainId: s.chainId, address: s.address }),
  message: s.object({ kind: s.literal('message'), text: s.text({ min: 1, max: CLAIM_LIMITS.messageChars }) }),
  delivery: s.object({
    kind: s.literal('delivery'),
    agreementSha256: s.hex(32),
    deliverableSha256: s.hex(32),
    summary: s.text({ min: 1, max: CLAIM_LIMITS.statementChars }),
  }),
  forecast: s.object({
    kind: s.literal('forecast'),
    statement: s.text({ min: 1, max: CLAIM_LIMITS.statementChars }),
  }),
});

const panel = s.where(
  s.object({
    kind: s.literal('panel'),
    seats: s.integer({ min: 1, max: 99 }),
    quorum: s.integer({ min: 1, max: 99 }),
    lossGainRatio: s.integer({ min: 1, max: 1000 }),
  }),
  (rule) =>
    rule.quorum <= rule.seats
      ? null
      : { code: 'input.out-of-range', field: 'quorum', what: 'is above the seats', limit: `1 .. ${rule.seats}` },
);

const rule: s.Shape<ResolutionRule> = s.variant('kind', {
  panel,
  official: s.object({ kind: s.literal('official'), source: s.text({ min: 1, max: 200 }), url }),
});

const question = s.object({
  type: s.literal('surety/claim/question/v1'),
  subject,
  predicate: s.text({ min: 1, max: 32, form: /^[a-z][a-z-]*$/, called: 'a lower-case word' }),
  outcomes: s.list(label, { min: 2, max: MOST_OUTCOMES }),
  rule,
  budgetMicroUsd: s.amount,
  valueAtStakeMicroUsd: s.amount,
  closesAt: s.unixSeconds,
  asker: s.address,
  nonce: s.hex(16),
});

/** Reads a claim at a path; see {@link parseClaim}. */
export const claimShape: s.Shape<Claim> = s.where<QuestionClaim>(question, (claim) =>
  new Set(claim.outcomes).size === claim.outcomes.length
    ? null
    : { code: 'input.malformed', field: 'outcomes', what: 'names an outcome twice', limit: 'distinct outcomes' },
);

/** A claim from plain data: every field known and within its limit, nothing else. */
export const parseClaim = (value: unknown): Result<Claim> => claimShape(value, '');

/** The id of a claim: SHA-256 of its canonical JSON, hex without a prefix. */
export const claimIdOf = (claim: Claim): string => idOf(claim);
