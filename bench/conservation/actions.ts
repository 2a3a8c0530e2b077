/** What traders do in one market, at random: fund it, trade, take budget back, attach evidence. */
import { sha256Hex, utf8 } from '../../packages/core/src/index.ts';
import type { Order } from '../../packages/markets/src/index.ts';
import { accountStream, type LedgerMove, marketStream } from '../../packages/node/src/engine/ledger.ts';
import type { QuestionEvent } from '../../packages/node/src/engine/question.ts';
import { amount, chance, now, OPERATOR, pick } from './world.ts';

const DOLLAR = 1_000_000;

const order = (): Order => {
  const outcome = pick([0, 1]);
  const roll = Math.random();
  if (roll < 0.3) return { kind: 'buy', outcome, sharesMicroShares: amount(3 * DOLLAR) };
  if (roll < 0.55) return { kind: 'spend', outcome, amountMicroUsd: amount(2 * DOLLAR) };
  if (roll < 0.8) return { kind: 'sell', outcome, sharesMicroShares: amount(2 * DOLLAR) };
  return { kind: 'to-probability', outcome, probabilityPpm: 1 + Math.floor(Math.random() * 999_998) };
};

/** One random action of one account in an open market that closes at `closesAt`; `nonce` names it for ever. */
export const action = (claimId: string, account: string, nonce: string, closesAt: number): readonly LedgerMove[] => {
  const stream = marketStream(claimId);
  const at = Math.min(now(), closesAt - 1);
  const move = (event: QuestionEvent): LedgerMove => ({ stream, event });
  const roll = Math.random();
  if (roll < 0.82) return [move({ kind: 'traded', account, order: order(), nonce, at })];
  if (roll < 0.92) {
    const amountMicroUsd = amount(5 * DOLLAR);
    const to = { stream, purpose: 'budget' };
    return [
      { stream: accountStream(account), event: { kind: 'sent', amountMicroUsd, to, nonce, at } },
      move({ kind: 'funded', account, amountMicroUsd, at }),
    ];
  }
  if (roll < 0.99) {
    const amountMicroUsd = amount(2 * DOLLAR);
    const from = { stream, purpose: 'budget' };
    return [
      move({ kind: 'returned', account, amountMicroUsd, at }),
      { stream: accountStream(account), event: { kind: 'received', amountMicroUsd, from, at } },
    ];
  }
  const evidence = { kind: 'screening', policy: nonce, verdict: 'allowed', at } as const;
  return [move({ kind: 'evidence', evidenceId: sha256Hex(utf8(nonce)), by: account, evidence, nonce, at })];
};

/** One random movement of money outside of markets: between accounts, out to the chain, into the bond. */
export const ledgerAction = (account: string, nonce: string): readonly LedgerMove[] => {
  const at = now();
  const amountMicroUsd = amount(DOLLAR);
  if (chance(0.2)) {
    return [{ stream: accountStream(account), event: { kind: 'withdrawal-authorised', amountMicroUsd, nonce, at } }];
  }
  const [payer, payee] = chance(0.7) ? [OPERATOR, account] : [account, OPERATOR];
  return [
    {
      stream: accountStream(payer),
      event: { kind: 'sent', amountMicroUsd, to: { stream: accountStream(payee), purpose: 'gift' }, nonce, at },
    },
    {
      stream: accountStream(payee),
      event: { kind: 'received', amountMicroUsd, from: { stream: accountStream(payer), purpose: 'gift' }, at },
    },
  ];
};
