/** Money in the Arbiter: what a bond or a stake needs beyond the balance is moved there from the wallet. */
import { randomBytes } from 'node:crypto';
import {
  attempt,
  type Chain,
  type Contracts,
  DEVELOPMENT_CHAIN_IDS,
  devDollarDomain,
  type Intent,
  predictAddresses,
  readMoney,
  type SendOptions,
  signAuthorization,
  submit,
} from '@surety/chain';
import { formatDollars, ok, type Problem, type Result, refuse, SuretyError, sha256, to0x, utf8 } from '@surety/core';

/** Seconds that a signed permission to move dollars is valid for. */
const VALID_SECONDS = 3_600n;

/** Whether the dollar is the one that anybody may mint. */
const isPlay = ({ chainId }: Chain, { dollar }: Contracts): boolean =>
  DEVELOPMENT_CHAIN_IDS.includes(chainId) && dollar === predictAddresses({ operator: `0x${'0'.repeat(40)}` }).dollar;

type Paying = { readonly chain: Chain; readonly contracts: Contracts; readonly options: SendOptions };

const effect = async ({ chain, contracts, options }: Paying, intent: Intent): Promise<Result<void>> => {
  const sent = await submit(chain, contracts, intent, options);
  return sent.kind === 'mined' || sent.kind === 'already' ? ok(undefined) : refuse(sent.problem);
};

const short = (account: string, has: bigint, needs: bigint): Problem => ({
  code: 'account.insufficient-funds',
  message: `${account} has ${formatDollars(has)} that could be locked; this needs ${formatDollars(needs)}.`,
  next: 'Get more of the chain’s dollar token to that address, or lock less.',
  field: 'balance',
  value: formatDollars(needs),
  limit: formatDollars(has),
});

/** Moves dollars from the wallet into the Arbiter, minting them first where they are play money. */
const deposit = async (paying: Paying, amountMicroUsd: bigint, nonce: `0x${string}`) => {
  const { chain, contracts } = paying;
  const { account } = chain;
  if (account === undefined)
    throw new SuretyError({ code: 'chain.no-key', message: 'This connection can only read.', next: 'Name a key.' });
  const money = await readMoney(chain, contracts, account.address);
  if (!money.ok) return money;
  if (money.value.dollarsMicroUsd < amountMicroUsd) {
    const { balanceMicroUsd, dollarsMicroUsd } = money.value;
    const needs = balanceMicroUsd + amountMicroUsd;
    if (!isPlay(chain, contracts)) return refuse(short(account.address, balanceMicroUsd + dollarsMicroUsd, needs));
    const id = to0x(new Uint8Array(randomBytes(32)));
    const minted = await effect(paying, { kind: 'mint', to: account.address, amountMicroUsd, id });
    if (!minted.ok) return minted;
  }
  const block = await attempt(chain, () => chain.reader.getBlock());
  if (!block.ok) return block;
  const authorization = await signAuthorization(account, devDollarDomain(chain.chainId, contracts.dollar), {
    kind: 'receive',
    to: contracts.arbiter,
    valueMicroUsd: amountMicroUsd,
    validAfter: 0n,
    validBefore: block.value.timestamp + VALID_SECONDS,
    nonce,
  });
  return effect(paying, { kind: 'arbiter-deposit', authorization });
};

/**
 * Makes sure that the own balance in the Arbiter is at least `microUsd`.
 * Problems: `account.insufficient-funds`, and what the chain refuses
 * @param purpose what it is for, so that what a lost answer leaves in doubt is not paid twice
 */
export const fund = async (
  chain: Chain,
  contracts: Contracts,
  microUsd: bigint,
  purpose: string,
  options: SendOptions = {},
): Promise<Result<void>> => {
  if (chain.account === undefined) return ok(undefined);
  const { address } = chain.account;
  const derived = to0x(sha256(utf8(`surety:arbiter:fund ${address} ${contracts.arbiter} ${purpose}`)));
  // A permission that was used for the same purpose before moves nothing: then, and only then, another one is signed.
  for (const nonce of [derived, to0x(new Uint8Array(randomBytes(32)))]) {
    const money = await readMoney(chain, contracts, address);
    if (!money.ok) return money;
    const { balanceMicroUsd } = money.value;
    if (balanceMicroUsd >= microUsd) return ok(undefined);
    const done = await deposit({ chain, contracts, options }, microUsd - balanceMicroUsd, nonce);
    if (!done.ok) return done;
  }
  return ok(undefined);
};

/** Pays out all that is free in the Arbiter, dollars and native currency; `null` where there is nothing. */
export const payOut = async (
  chain: Chain,
  contracts: Contracts,
): Promise<Result<{ readonly microUsd: bigint; readonly wei: bigint } | null>> => {
  if (chain.account === undefined) return ok(null);
  const { address } = chain.account;
  const money = await readMoney(chain, contracts, address);
  if (!money.ok) return money;
  const { balanceMicroUsd, owedWei } = money.value;
  if (balanceMicroUsd === 0n && owedWei === 0n) return ok(null);
  const intents: readonly Intent[] = [
    ...(balanceMicroUsd > 0n ? [{ kind: 'arbiter-withdraw', amountMicroUsd: balanceMicroUsd } as const] : []),
    ...(owedWei > 0n ? [{ kind: 'arbiter-withdraw-native', to: address } as const] : []),
  ];
  for (const intent of intents) {
    const done = await effect({ chain, contracts, options: {} }, intent);
    if (!done.ok) return done;
  }
  return ok({ microUsd: balanceMicroUsd, wei: owedWei });
};
