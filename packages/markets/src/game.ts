/**
 * The market as a game: `step(state, event)` is pure, reads no clock and draws nothing at random. Value enters with
 * `open` and `fund`, leaves with `pay` effects, and in between `totalValue` stays the same at every step.
 */
import type { Problem, Result } from '@surety/core';
import { type Account, accountAt, addAccount, eachAccount, NO_ACCOUNTS, positionOf, withAccount } from './accounts.ts';
import { chainTrade, NO_TRADES } from './digest.ts';
import { MARKET_LIMITS } from './limits.ts';
import { curveAt, liquidityOf, OUTCOMES, SUBSIDY_MICRO_USD } from './lmsr.ts';
import { type Quote, quoteOrder } from './orders.ts';
import { no } from './problem.ts';
import { settlement } from './settle.ts';
import type { Market, MarketEffect, MarketEvent, MarketTerms, Step } from './types.ts';

const accept = (state: Market, effects: readonly MarketEffect[] = []): Step => ({ kind: 'accepted', state, effects });
const refusal = (problem: Problem): Step => ({ kind: 'refused', problem });
const refused = (result: Result<never>): Step => {
  if (result.ok) return result.value;
  return refusal(result.problem);
};

type Of<Kind extends MarketEvent['kind']> = Extract<MarketEvent, { kind: Kind }>;

const open = (terms: MarketTerms): Step => {
  const within = (field: keyof MarketTerms, value: number | bigint, min: number | bigint, max: number | bigint) =>
    (typeof value === 'bigint' || Number.isSafeInteger(value)) && value >= min && value <= max
      ? undefined
      : no(
          'input.out-of-range',
          field,
          value,
          `${min} .. ${max}`,
          `No market opens with this ${field}.`,
          'Choose a value within the limit.',
        );
  const wrong =
    within('outcomes', terms.outcomes, OUTCOMES.min, OUTCOMES.max) ??
    within('subsidyMicroUsd', terms.subsidyMicroUsd, SUBSIDY_MICRO_USD.min, SUBSIDY_MICRO_USD.max) ??
    within('feePpm', terms.feePpm, 0, MARKET_LIMITS.feePpm) ??
    within('closesAt', terms.closesAt, 0, Number.MAX_SAFE_INTEGER) ??
    badName('claimId', terms.claimId) ??
    badName('subsidyPayer', terms.subsidyPayer) ??
    badName('feeRecipient', terms.feeRecipient);
  if (wrong) return refused(wrong);
  const { claimId, outcomes, subsidyMicroUsd, subsidyPayer, closesAt, feePpm, feeRecipient } = terms;
  const liquidity = liquidityOf(subsidyMicroUsd, outcomes);
  return accept({
    terms: { claimId, outcomes, subsidyMicroUsd, subsidyPayer, closesAt, feePpm, feeRecipient },
    phase: { kind: 'open' },
    curve: curveAt(liquidity, new Array<bigint>(outcomes).fill(0n)),
    makerMicroUsd: subsidyMicroUsd,
    feesMicroUsd: 0n,
    accounts: NO_ACCOUNTS(),
    evidence: [],
    volumeMicroUsd: 0n,
    trades: 0,
    tradesDigest: NO_TRADES,
  });
};

const badName = (field: string, value: string): Result<never> | undefined =>
  value.length > 0 && value.length <= MARKET_LIMITS.nameCharacters
    ? undefined
    : no(
        value.length === 0 ? 'input.empty' : 'input.too-large',
        field,
        value,
        `1 .. ${MARKET_LIMITS.nameCharacters} characters`,
        `${field} must be a name.`,
        'Send a shorter, non-empty name.',
      );

const badAmount = (amountMicroUsd: bigint, max: bigint, next: string): Result<never> | undefined => {
  if (amountMicroUsd > 0n && amountMicroUsd <= max) return undefined;
  return no(
    amountMicroUsd <= 0n ? 'amount.negative' : 'input.out-of-range',
    'amountMicroUsd',
    amountMicroUsd,
    `1 .. ${max}`,
    `The amount must be between 1 and ${max} micro-USD.`,
    next,
  );
};

const mustBe = (state: Market, phases: readonly Market['phase']['kind'][], next: string): Result<never> | undefined =>
  phases.includes(state.phase.kind)
    ? undefined
    : no(
        phases[0] === 'open' ? 'market.not-open' : 'market.wrong-phase',
        'phase',
        state.phase.kind,
        phases.join(' or '),
        `The market is ${state.phase.kind}.`,
        next,
      );

const beforeDeadline = (state: Market, at: number): Result<never> | undefined =>
  mustBe(state, ['open'], 'Trade in a market that is open.') ??
  (at < state.terms.closesAt
    ? undefined
    : no(
        'market.past-deadline',
        'at',
        at,
        `< ${state.terms.closesAt}`,
        'The deadline of the market has passed.',
        'Wait for the ruling; challenge it if you think it wrong.',
      ));

const fund = (state: Market, { account, amountMicroUsd }: Of<'fund'>): Step => {
  const wrong =
    mustBe(state, ['open'], 'Fund a market that is open.') ??
    badName('account', account) ??
    badAmount(amountMicroUsd, MARKET_LIMITS.depositMicroUsd, 'Fund a smaller, positive amount.');
  if (wrong) return refused(wrong);
  const { accounts } = state;
  const position = positionOf(accounts, account);
  if (position < 0) {
    if (accounts.size >= MARKET_LIMITS.accounts)
      return refused(
        no(
          'market.full',
          'account',
          account,
          `${MARKET_LIMITS.accounts} accounts`,
          'The market has no room for another account.',
          'Trade in another market.',
        ),
      );
    const shares = new Array<bigint>(state.terms.outcomes).fill(0n);
    const holder: Account = { account, depositedMicroUsd: amountMicroUsd, budgetMicroUsd: amountMicroUsd, shares };
    return accept({ ...state, accounts: addAccount(accounts, holder) });
  }
  const holder = accountAt(accounts, position);
  const tooMuch = badAmount(
    amountMicroUsd,
    MARKET_LIMITS.depositMicroUsd - holder.depositedMicroUsd,
    'Fund less: the account is at its limit in this market.',
  );
  if (tooMuch) return refused(tooMuch);
  return accept({
    ...state,
    accounts: withAccount(accounts, position, {
      ...holder,
      depositedMicroUsd: holder.depositedMicroUsd + amountMicroUsd,
      budgetMicroUsd: holder.budgetMicroUsd + amountMicroUsd,
    }),
  });
};

const unknownAccount = (account: string): Result<never> =>
  no(
    'market.unknown-account',
    'account',
    account,
    'an account that funded this market',
    'The account has no budget in this market.',
    'Fund it first.',
  );

const withdraw = (state: Market, { account, amountMicroUsd }: Of<'withdraw'>): Step => {
  const closed = mustBe(state, ['open', 'closed'], 'Wait for the settlement, which pays everyone out.');
  if (closed) return refused(closed);
  const position = positionOf(state.accounts, account);
  if (position < 0) return refused(unknownAccount(account));
  const holder = accountAt(state.accounts, position);
  // Gains from selling stay until the ruling: an undecided market takes them back.
  let free = holder.budgetMicroUsd;
  if (holder.depositedMicroUsd < free) free = holder.depositedMicroUsd;
  const wrong = badAmount(amountMicroUsd, free, 'Withdraw at most what is unspent; gains follow at settlement.');
  if (wrong) return refused(wrong);
  const accounts = withAccount(state.accounts, position, {
    ...holder,
    depositedMicroUsd: holder.depositedMicroUsd - amountMicroUsd,
    budgetMicroUsd: holder.budgetMicroUsd - amountMicroUsd,
  });
  return accept({ ...state, accounts }, [{ kind: 'pay', account, amountMicroUsd, reason: 'withdrawal' }]);
};

const trade = (state: Market, account: string, position: number, holder: Account, quote: Quote): Step => {
  const { outcome, deltaMicroShares, costMicroUsd, feeMicroUsd, pricePpm, after } = quote;
  const shares = holder.shares.slice();
  shares[outcome] = shares[outcome]! + deltaMicroShares;
  const size = costMicroUsd < 0n ? -costMicroUsd : costMicroUsd;
  const next: Market = {
    terms: state.terms,
    phase: state.phase,
    curve: after,
    makerMicroUsd: state.makerMicroUsd + costMicroUsd,
    feesMicroUsd: state.feesMicroUsd + feeMicroUsd,
    accounts: withAccount(state.accounts, position, {
      account,
      depositedMicroUsd: holder.depositedMicroUsd,
      budgetMicroUsd: holder.budgetMicroUsd - costMicroUsd - feeMicroUsd,
      shares,
    }),
    evidence: state.evidence,
    volumeMicroUsd: state.volumeMicroUsd + size,
    trades: state.trades + 1,
    tradesDigest: chainTrade(state.tradesDigest, position, outcome, deltaMicroShares, costMicroUsd),
  };
  return accept(next, [
    { kind: 'traded', trade: next.trades, account, outcome, deltaMicroShares, costMicroUsd, feeMicroUsd, pricePpm },
  ]);
};

const order = (state: Market, event: Of<'order'>): Step => {
  const late = beforeDeadline(state, event.at);
  if (late) return refused(late);
  const position = positionOf(state.accounts, event.account);
  if (position < 0) return refused(unknownAccount(event.account));
  const holder = accountAt(state.accounts, position);
  const quote = quoteOrder(state.curve, holder, event.order, state.terms.feePpm);
  return quote.ok ? trade(state, event.account, position, holder, quote.value) : refusal(quote.problem);
};

const attachEvidence = (state: Market, { account, evidenceId, at }: Of<'attach-evidence'>): Step => {
  const wrong = beforeDeadline(state, at) ?? badName('account', account) ?? badName('evidenceId', evidenceId);
  if (wrong) return refused(wrong);
  if (state.evidence.length >= MARKET_LIMITS.evidence)
    return refused(
      no(
        'market.full',
        'evidenceId',
        evidenceId,
        `${MARKET_LIMITS.evidence} pieces`,
        'The market holds as much evidence as it may.',
        'Publish it elsewhere and trade on it.',
      ),
    );
  if (state.evidence.some((known) => known.account === account && known.evidenceId === evidenceId))
    return refused(
      no(
        'market.duplicate-evidence',
        'evidenceId',
        evidenceId,
        'once per account',
        'This account attached this evidence before.',
        'Nothing needs to be done.',
      ),
    );
  return accept({ ...state, evidence: [...state.evidence, { account, evidenceId }] });
};

const close = (state: Market, { at }: Of<'close'>): Step => {
  const wrong =
    mustBe(state, ['open'], 'Nothing needs to be done.') ??
    (Number.isSafeInteger(at) && at >= state.terms.closesAt
      ? undefined
      : no(
          'market.before-deadline',
          'at',
          at,
          `>= ${state.terms.closesAt}`,
          'The deadline has not come yet.',
          'Close the market at its deadline.',
        ));
  return wrong ? refused(wrong) : accept({ ...state, phase: { kind: 'closed', at } });
};

const resolve = (state: Market, { outcome, decidedBy }: Of<'resolve'>): Step => {
  const known =
    outcome === 'undecided' || (Number.isInteger(outcome) && outcome >= 0 && outcome < state.terms.outcomes);
  const wrong =
    mustBe(state, ['closed', 'resolved'], 'Close the market at its deadline, and rule before it is settled.') ??
    badName('decidedBy', decidedBy) ??
    (known
      ? undefined
      : no(
          'market.unknown-outcome',
          'outcome',
          outcome,
          `0 .. ${state.terms.outcomes - 1} or undecided`,
          'The ruling names no outcome of this market.',
          'Name an outcome by its place in the claim.',
        ));
  return wrong ? refused(wrong) : accept({ ...state, phase: { kind: 'resolved', ruling: { outcome, decidedBy } } });
};

const settle = (state: Market): Step => {
  if (state.phase.kind !== 'resolved')
    return refused(
      mustBe(state, ['resolved'], 'Resolve the market first; a settled one stays settled.') as Result<never>,
    );
  const { ruling } = state.phase;
  const accounts = NO_ACCOUNTS();
  return accept(
    { ...state, phase: { kind: 'settled', ruling }, makerMicroUsd: 0n, feesMicroUsd: 0n, accounts },
    settlement(state, ruling),
  );
};

/**
 * One step of a market; `undefined` is the market before it opens. Never throws on what a user can send: what cannot
 * be done is refused with a problem that names the field, and the state stays as it was.
 */
export const step = (state: Market | undefined, event: MarketEvent): Step => {
  if (event.kind === 'open')
    return state === undefined
      ? open(event)
      : refused(
          no(
            'market.exists',
            'claimId',
            event.claimId,
            'one market per claim',
            'This market is open already.',
            'Trade in it.',
          ),
        );
  if (state === undefined)
    return refused(no('market.not-open', 'phase', 'none', 'open', 'The market has not been opened.', 'Open it first.'));
  switch (event.kind) {
    case 'fund':
      return fund(state, event);
    case 'withdraw':
      return withdraw(state, event);
    case 'order':
      return order(state, event);
    case 'attach-evidence':
      return attachEvidence(state, event);
    case 'close':
      return close(state, event);
    case 'resolve':
      return resolve(state, event);
    case 'settle':
      return settle(state);
  }
};

/** Everything the market holds for others, in micro-USD: maker, fees and budgets. Equal to what came in less what left. */
export const totalValue = (state: Market): bigint => {
  let total = state.makerMicroUsd + state.feesMicroUsd;
  for (const holder of eachAccount(state.accounts)) total += holder.budgetMicroUsd;
  return total;
};
