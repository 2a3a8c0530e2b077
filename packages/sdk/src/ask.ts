/** The main job in one call: read the question back, sign it, open its market, and return answer and receipt. */
import { claimIdOf, type Receipt, SuretyError, show } from '@surety/core';
import { plainWords } from '@surety/intent';
import type { Market, Reading, StreamEvent } from '@surety/protocol';
import type { Client } from './client.ts';
import type { Wallet } from './wallet.ts';

export type AskOptions = {
  readonly client: Client;
  /** Who asks and pays. */
  readonly wallet: Wallet;
  /** Subsidy of the market; the node's default when absent. */
  readonly budgetMicroUsd?: bigint;
  readonly valueAtStakeMicroUsd?: bigint;
  /** Seconds for which the market takes trades; the node's default when absent. */
  readonly closeSeconds?: number;
  /** Shown the plain words before anything is signed; `false` stops. Absent means: yes. */
  readonly confirm?: (reading: Reading) => boolean | Promise<boolean>;
  /** Who is paid if the receipt is overturned (EIP-55). Without it the asker is not compensated. */
  readonly coverBeneficiary?: string;
  /** `first` (default) returns the provisional answer at once; `final` waits for the last word. */
  readonly wait?: 'first' | 'final';
  readonly onProgress?: (progress: AskProgress) => void;
  readonly signal?: AbortSignal;
};

export type AskProgress =
  | { readonly kind: 'read'; readonly reading: Reading }
  | { readonly kind: 'answered'; readonly market: Market }
  | { readonly kind: 'event'; readonly event: StreamEvent };

export type Asked =
  | { readonly kind: 'declined'; readonly reading: Reading }
  | {
      readonly kind: 'answered';
      readonly reading: Reading;
      readonly marketId: string;
      readonly market: Market;
      readonly answer: Market['answer'];
      readonly receipt: Receipt;
    };

const untilSettled = async (client: Client, market: Market, options: AskOptions): Promise<Market> => {
  const stream = `market:${market.marketId}`;
  const events = client.follow([stream], {
    after: { [stream]: market.seq },
    ...(options.signal && { signal: options.signal }),
  });
  for await (const event of events) {
    options.onProgress?.({ kind: 'event', event });
    // The receipt that states the last word is issued after the money has moved.
    if (event.kind !== 'settled' && event.kind !== 'receipt') continue;
    const latest = await client.market({ marketId: market.marketId });
    if (latest.answer.status !== 'provisional') return latest;
  }
  return client.market({ marketId: market.marketId });
};

/** What is signed is what was asked: the node may fill in a claim, but not change who pays, how much, or what the words say. */
const checkReading = ({ claim, claimId, plainWords: words }: Reading, options: AskOptions): void => {
  const { budgetMicroUsd, valueAtStakeMicroUsd, wallet } = options;
  const differs = (field: string, value: string): never => {
    const message = `The node's reading has another ${field} than was asked for; nothing was signed.`;
    const next = 'Ask another node, and report this one.';
    throw new SuretyError({ code: 'question.claim-mismatch', message, next, field, value: show(value) });
  };
  if (claimIdOf(claim) !== claimId) differs('claimId', claimId);
  if (plainWords(claim) !== words) differs('plainWords', words);
  if (claim.asker !== wallet.address) differs('asker', claim.asker);
  if (budgetMicroUsd !== undefined && BigInt(claim.budgetMicroUsd) !== budgetMicroUsd) {
    differs('budgetMicroUsd', claim.budgetMicroUsd);
  }
  if (valueAtStakeMicroUsd !== undefined && BigInt(claim.valueAtStakeMicroUsd) !== valueAtStakeMicroUsd) {
    differs('valueAtStakeMicroUsd', claim.valueAtStakeMicroUsd);
  }
};

/**
 * Asks a question.
 * @throws {SuretyError} the node's refusal, e.g. `intent.not-understood`, `account.insufficient-funds`
 */
export const ask = async (question: string, options: AskOptions): Promise<Asked> => {
  const { client, wallet } = options;
  const reading = await client.read({
    question,
    asker: wallet.address,
    ...(options.budgetMicroUsd !== undefined && { budgetMicroUsd: options.budgetMicroUsd.toString() }),
    ...(options.valueAtStakeMicroUsd !== undefined && {
      valueAtStakeMicroUsd: options.valueAtStakeMicroUsd.toString(),
    }),
    ...(options.closeSeconds !== undefined && { closeSeconds: options.closeSeconds }),
  });
  checkReading(reading, options);
  options.onProgress?.({ kind: 'read', reading });
  if (options.confirm && !(await options.confirm(reading))) return { kind: 'declined', reading };

  const { chainId, receiptVerifier, issuer } = await client.network();
  const signature = await wallet.signTyped(
    'AskerClaim',
    {
      operator: issuer.address,
      claimId: `0x${reading.claimId}`,
      reading: reading.plainWords,
      budgetMicroUsd: BigInt(reading.claim.budgetMicroUsd),
      expiresAt: reading.expiresAt,
    },
    { chainId, verifyingContract: receiptVerifier },
  );
  const asked = await client.ask({
    operator: issuer.address,
    claim: reading.claim,
    reading: reading.plainWords,
    expiresAt: reading.expiresAt,
    signature,
    ...(options.coverBeneficiary && { cover: { beneficiary: options.coverBeneficiary } }),
  });
  options.onProgress?.({ kind: 'answered', market: asked.market });
  if (options.wait !== 'final') {
    const { marketId, market, receipt } = asked;
    return { kind: 'answered', reading, marketId, market, answer: market.answer, receipt };
  }
  const market = await untilSettled(client, asked.market, options);
  const receipt = await client.marketReceipt({ marketId: market.marketId });
  return { kind: 'answered', reading, marketId: market.marketId, market, answer: market.answer, receipt };
};
