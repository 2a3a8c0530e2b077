/** Reading a question back, and asking it once its asker has signed that reading. */
import { randomBytes } from 'node:crypto';
import type { ReadContext } from '@surety/analysts';
import {
  type Evidence,
  evidenceIdOf,
  formatDollars,
  idOf,
  type Problem,
  type QuestionClaim,
  type Result,
  refuse,
  signingDomainOf,
  suretyDomain,
  TYPED_TYPES,
  verifyTyped,
  wrongOperator,
} from '@surety/core';
import { checkClaim, claimFromReading, parseQuestion, plainWords, SCREENING_POLICY } from '@surety/intent';
import { SUBSIDY_MICRO_USD } from '@surety/markets';
import type { RouteInput, RouteOutput } from '@surety/protocol';
import type { Context } from './context.ts';
import { feedMove } from './feed.ts';
import { accountStream, type LedgerMove, marketStream, transfer } from './ledger.ts';
import { panelWarnings } from './outlook.ts';
import { latestReceipt } from './receipts.ts';
import { stateOf } from './resolve.ts';
import { isAsked, marketOf } from './views.ts';

export const DEFAULTS = { budgetMicroUsd: 50_000n, closeSeconds: 600 } as const;
/** Limits of a market's life, in seconds. */
const CLOSE = { min: 5, max: 30 * 86_400 } as const;
/** Seconds for which a reading can be signed and asked. */
const READING_SECONDS = 600;
/** Trading fee, ppm: none, so that prices are what players believe. */
const FEE_PPM = 0;

const LOOKS_AT: Readonly<Record<Exclude<QuestionClaim['subject']['kind'], 'site'>, readonly string[]>> = {
  token: ['address, claimed symbol and the registry of genuine tokens; chain state where the node has that chain'],
  address: ['the address itself; chain state where the node has that chain'],
  contract: ['the address itself; chain state where the node has that chain'],
  message: ['the words of the message, and the names in it; no page behind them'],
  delivery: ['nothing yet: no built-in player judges deliveries'],
  forecast: ['nothing yet: no built-in player forecasts'],
};

/** Whether a page is visited is known only now: the network may be off, or not there. */
const looksAt = ({ kind }: QuestionClaim['subject'], { network }: ReadContext): readonly string[] => {
  if (kind !== 'site') return LOOKS_AT[kind];
  return network === undefined
    ? ['name only, page not visited: the network is off']
    : ['the name; addresses, certificate, ages and the page, where the network answers'];
};

const typedDataOf = (context: Context, claimId: string, claim: QuestionClaim, reading: string, expiresAt: number) => ({
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    AskerClaim: TYPED_TYPES.AskerClaim.map(({ name, type }) => ({ name, type })),
  },
  primaryType: 'AskerClaim',
  domain: { ...suretyDomain(signingDomainOf(context.network)) },
  message: {
    operator: context.network.operator,
    claimId: `0x${claimId}`,
    reading,
    budgetMicroUsd: claim.budgetMicroUsd,
    expiresAt: String(expiresAt),
  },
});

/** Refusals by screening are logged with the rule and the words it matched, never with the whole question. */
const logged = (context: Context, problem: Problem): { readonly ok: false; readonly problem: Problem } => {
  const { code, limit, value } = problem;
  if (code.startsWith('screening.')) context.onError({ screened: code, rule: limit, matched: value });
  return refuse(problem);
};

/** A market cannot open with less or more; said before anybody confirms the reading. */
const unfitBudget = (budgetMicroUsd: bigint): Result<never> | undefined => {
  const { min, max } = SUBSIDY_MICRO_USD;
  if (budgetMicroUsd >= min && budgetMicroUsd <= max) return undefined;
  return refuse({
    code: 'input.out-of-range',
    message: `No market opens with a budget of ${formatDollars(budgetMicroUsd)}.`,
    next: 'Choose a budget within the limit.',
    field: 'budgetMicroUsd',
    value: budgetMicroUsd.toString(),
    limit: `${formatDollars(min)} .. ${formatDollars(max)}`,
  });
};

export const read = (context: Context, { body }: RouteInput<'read'>): Result<RouteOutput<'read'>> => {
  const now = context.now();
  const budgetMicroUsd = BigInt(body.budgetMicroUsd ?? DEFAULTS.budgetMicroUsd);
  const unfit = unfitBudget(budgetMicroUsd);
  if (unfit) return unfit;
  const reading = parseQuestion(body.question, { now });
  if (!reading.ok) return logged(context, reading.problem);
  // A forecast stays open until its day, unless the asker wants it shorter: until then nobody can know.
  const day = reading.value.decidedBy === null ? undefined : Math.min(reading.value.decidedBy - now, CLOSE.max);
  const seconds = body.closeSeconds ?? day ?? DEFAULTS.closeSeconds;
  const claim = claimFromReading(reading.value, {
    asker: body.asker,
    budgetMicroUsd,
    valueAtStakeMicroUsd: BigInt(body.valueAtStakeMicroUsd ?? 0),
    closesAt: now + seconds,
    nonce: randomBytes(16).toString('hex'),
    now,
  });
  if (!claim.ok) return claim;
  const claimId = idOf(claim.value);
  const words = plainWords(claim.value);
  const expiresAt = now + READING_SECONDS;
  return {
    ok: true,
    value: {
      claim: claim.value as RouteOutput<'read'>['claim'],
      claimId,
      plainWords: words,
      warnings: [
        ...reading.value.warnings.map(({ message }) => message),
        ...panelWarnings(claim.value, context.jurors),
      ],
      looksAt: looksAt(claim.value.subject, context.reading()),
      typedData: typedDataOf(context, claimId, claim.value, words, expiresAt),
      expiresAt,
    },
  };
};

const mismatch = (field: string, message: string, next: string, value?: string, limit?: string): Result<never> =>
  refuse({
    code: 'question.claim-mismatch',
    message,
    next,
    field,
    ...(value !== undefined && { value }),
    ...(limit !== undefined && { limit }),
  });

/** Cover is for whoever signed the claim: nobody else is named by a signature. */
const coverForOther = ({ cover, claim }: RouteInput<'ask'>['body']): Result<never> | undefined =>
  cover === undefined || cover.beneficiary === claim.asker
    ? undefined
    : mismatch(
        'cover.beneficiary',
        'Cover goes to the asker only.',
        'Leave it out or name the asker: cover is reserved once a panel has decided.',
        cover.beneficiary,
        claim.asker,
      );

/** The claim as this node accepts it: well-formed, screened, within limits, read back in exactly these words, signed. */
const admit = (context: Context, { body }: RouteInput<'ask'>): Result<QuestionClaim> => {
  const now = context.now();
  const foreign = wrongOperator(body.operator, context.network.operator, 'operator');
  if (foreign !== null) return refuse(foreign);
  const checked = checkClaim(body.claim, { now });
  if (!checked.ok) return logged(context, checked.problem);
  const claim = checked.value;
  const other = coverForOther(body);
  if (other) return other;
  const left = claim.closesAt - now;
  if (left < CLOSE.min - 1 || left > CLOSE.max) {
    return mismatch(
      'claim.closesAt',
      `The market would close in ${left} seconds.`,
      'Read the question again and confirm it sooner.',
      String(claim.closesAt),
      `${now + CLOSE.min} .. ${now + CLOSE.max}`,
    );
  }
  if (body.reading !== plainWords(claim)) {
    return mismatch(
      'reading',
      'The words signed are not the plain words of this claim.',
      'Sign the reading that /v1/readings gave for it.',
      body.reading.slice(0, 120),
    );
  }
  if (body.expiresAt < now)
    return mismatch(
      'expiresAt',
      'The signed reading has expired.',
      'Read the question again and sign it anew.',
      String(body.expiresAt),
      `>= ${now}`,
    );
  const signed = verifyTyped(
    'AskerClaim',
    {
      operator: body.operator,
      claimId: `0x${idOf(claim)}`,
      reading: body.reading,
      budgetMicroUsd: BigInt(claim.budgetMicroUsd),
      expiresAt: body.expiresAt,
    },
    { domain: signingDomainOf(context.network), signature: body.signature, address: claim.asker },
  );
  return signed.ok ? { ok: true, value: claim } : signed;
};

/** Opens the market of a signed reading: subsidy from the asker's account, intent evidence attached, all at once. */
const openMarket = (context: Context, claim: QuestionClaim, { body }: RouteInput<'ask'>): Promise<Result<unknown>> => {
  const claimId = idOf(claim);
  const stream = marketStream(claimId);
  const at = context.now();
  const intent: Evidence[] = [
    { kind: 'asker-signature', reading: body.reading, expiresAt: body.expiresAt, signature: body.signature },
    { kind: 'screening', policy: SCREENING_POLICY, verdict: 'allowed', at },
  ];
  const budget = BigInt(claim.budgetMicroUsd);
  const moves: LedgerMove[] = [
    {
      stream: accountStream(claim.asker),
      event: { kind: 'sent', amountMicroUsd: budget, to: { stream, purpose: 'subsidy' }, at },
    },
    {
      stream,
      event: {
        kind: 'asked',
        claim,
        plainWords: body.reading,
        feePpm: FEE_PPM,
        feeRecipient: context.operator.address,
        challengeSeconds: context.config.challengeSeconds,
        at,
      },
    },
    ...intent.map((evidence) => ({
      stream,
      event: { kind: 'evidence' as const, evidenceId: evidenceIdOf(evidence), by: claim.asker, evidence, at },
    })),
  ];
  return transfer(context.host, moves, [feedMove('opened', claimId, at)]);
};

/** Asks: market, first rounds, provisional receipt. `opened` runs what follows a question once, whoever calls first. */
export const ask = async (
  context: Context,
  input: RouteInput<'ask'>,
  opened: (claimId: string) => Promise<void>,
): Promise<Result<RouteOutput<'ask'>>> => {
  const claim = admit(context, input);
  if (!claim.ok) return claim;
  const marketId = idOf(claim.value);
  // The id is the claim's own, so a question that is sent again, say after a lost answer, is the question that is there.
  if (!isAsked(await stateOf(context, marketId))) {
    const done = await openMarket(context, claim.value, input);
    if (!done.ok) return done;
  }
  await opened(marketId);
  const state = await stateOf(context, marketId);
  const receipt = await latestReceipt(context, state);
  if (!receipt.ok) return receipt;
  if (!isAsked(state))
    return refuse({ code: 'question.unknown', message: 'The question is gone.', next: 'Ask it again.' });
  const market = marketOf(state, context.players, context.network.environment);
  return { ok: true, value: { marketId, market, receipt: receipt.value as RouteOutput<'ask'>['receipt'] } };
};
