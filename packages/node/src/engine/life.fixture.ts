/** A question's life over a real journal, under a clock that the test turns. */
import assert from 'node:assert/strict';
import { type Analyst, pureJurors } from '@surety/analysts';
import { addressOfSecretKey, ed25519PublicKey, idOf, type QuestionClaim } from '@surety/core';
import { createHost, type Host } from '../journal/host.ts';
import { createStandings } from '../places/standing.ts';
import { temporaryPostgres } from '../processes/temporary.ts';
import { type AccountState, accountValue } from './account.ts';
import type { Context, Seat } from './context.ts';
import { caseValue } from './court/case-game.ts';
import type { CaseState } from './court/case-state.ts';
import { REGISTRY_STREAM, type Registry, registryValue } from './court/registry.ts';
import { registerGames } from './index.ts';
import { accountStream, marketStream, mustTransfer } from './ledger.ts';
import { createReceiptLog } from './log.ts';
import { ASKER, askedEvent, CHALLENGE_SECONDS, CLOSES_AT, claimOf, TRADER } from './question.fixture.ts';
import { type QuestionState, questionValue } from './question.ts';
import { stateOf } from './resolve.ts';

const KEY = new Uint8Array(32).fill(5);
export const LIFE_OPERATOR = addressOfSecretKey(KEY);
export const FUNDED = 1_000_000_000n;

/** An address that is nobody's. */
export const personOf = (i: number): string => addressOfSecretKey(new Uint8Array(32).fill(i + 16));

export type Life = {
  readonly host: Host;
  readonly context: Context;
  /** Unix seconds, to be read and set. */
  readonly clock: { now: number };
  readonly accountOf: (address: string) => Promise<AccountState>;
  /** Opens a question of its own for each test. */
  readonly open: (nonce: string, over?: Partial<QuestionClaim>) => Promise<string>;
  /** Checks that nothing was made or lost. */
  readonly booksBalance: (claimId: string) => Promise<QuestionState>;
  readonly end: () => Promise<void>;
};

/** Starts a database and a context; everybody in `people` has {@link FUNDED}, and `further` jurors come after the built-in ones. */
export const startLife = async (
  name: string,
  people: readonly string[] = [],
  further: readonly Analyst[] = [],
): Promise<Life> => {
  const database = await temporaryPostgres();
  const onError = (cause: unknown): void => assert.fail(JSON.stringify(cause));
  const host = await createHost({ databaseUrl: database.databaseUrl, node: name, onError });
  registerGames(host);
  const clock = { now: CLOSES_AT - 1 };
  const jurors: Seat[] = [...pureJurors, ...further].map((analyst, i) => ({ analyst, account: personOf(200 + i) }));
  const context = {
    config: { auditOneIn: 1, challengeSeconds: CHALLENGE_SECONDS, courtSpeed: 1 },
    host,
    log: createReceiptLog(host, `surety.test/${name}`, KEY),
    network: { chainId: 31_337, receiptVerifier: TRADER, operator: LIFE_OPERATOR, environment: 'development' },
    operator: {
      address: LIFE_OPERATOR,
      issuerSecretKey: KEY,
      dsseSecretKey: KEY,
      dsseKey: ed25519PublicKey(KEY),
      logKey: ed25519PublicKey(KEY),
      name: 'test operator',
    },
    players: [],
    jurors,
    mayJudge: () => true,
    voiceOf: (_: QuestionClaim, { family }: Analyst) => family,
    reading: () => ({ nowSeconds: clock.now }),
    beacon: async (after: number) => after.toString(16).padStart(64, '0'),
    drand: async () => null,
    pageOrigin: () => 'https://court.example',
    persons: null,
    standings: createStandings({ host, persons: null, secret: 'networks', now: () => clock.now }),
    now: () => clock.now,
    onError,
  } as unknown as Context;
  const everybody = [ASKER, TRADER, LIFE_OPERATOR, ...people];
  for (const [i, address] of everybody.entries()) {
    const deposited = { kind: 'deposited', depositId: `${i + 1}`, amountMicroUsd: FUNDED, at: 1 } as const;
    await mustTransfer(host, [{ stream: accountStream(address), event: deposited }]);
  }
  const bond = { kind: 'bond-posted', amountMicroUsd: FUNDED / 2n, at: 1 } as const;
  await mustTransfer(host, [{ stream: accountStream(LIFE_OPERATOR), event: bond }]);
  const accountOf = (address: string): Promise<AccountState> => host.state<AccountState>(accountStream(address));
  return {
    host,
    context,
    clock,
    accountOf,
    open: async (nonce, over = {}) => {
      clock.now = CLOSES_AT - 1;
      const claim: QuestionClaim = { ...claimOf(), nonce: nonce.repeat(32), ...over };
      const stream = marketStream(idOf(claim));
      const amountMicroUsd = BigInt(claim.budgetMicroUsd);
      const to = { stream, purpose: 'subsidy' };
      const asked = { ...askedEvent(claim), feeRecipient: LIFE_OPERATOR } as ReturnType<typeof askedEvent>;
      await mustTransfer(host, [
        { stream: accountStream(claim.asker), event: { kind: 'sent', amountMicroUsd, to, at: clock.now } },
        { stream, event: asked },
      ]);
      return idOf(claim);
    },
    booksBalance: async (claimId) => {
      const state = await stateOf(context, claimId);
      let total = registryValue(await host.state<Registry>(REGISTRY_STREAM));
      for (const stream of await host.streams('market:', { limit: 1_000 }))
        total += questionValue(await host.state<QuestionState>(stream));
      for (const stream of await host.streams('case:', { limit: 1_000 }))
        total += caseValue(await host.state<CaseState>(stream));
      for (const juror of [...everybody, ...jurors.map(({ account }) => account)])
        total += accountValue(await accountOf(juror));
      assert.equal(total, BigInt(everybody.length) * FUNDED);
      return state;
    },
    end: async () => {
      await host.close();
      await database.stop();
    },
  };
};
