/** A wallet that the browser brings along (EIP-1193, `window.ethereum`): signs transactions on the chain of a court. */
import { signal } from '@preact/signals';
import { moneyCalls, ok, type Result, refuse, type WalletMoney, type WalletStep } from '@surety/sdk/page';

export type Injected = {
  readonly request: (call: { readonly method: string; readonly params?: readonly unknown[] }) => Promise<unknown>;
};

/** The wallet, where there is one. */
export const injected = (): Injected | null => {
  const { ethereum } = globalThis as { readonly ethereum?: Injected };
  return typeof ethereum?.request === 'function' ? ethereum : null;
};

const no = (message: string, next: string): Result<never> => refuse({ code: 'chain.reverted', message, next });

/** What a wallet answers; what it refuses is said in its own words. */
const ask = async (wallet: Injected, method: string, params: readonly unknown[] = []): Promise<Result<unknown>> => {
  try {
    return ok(await wallet.request({ method, params }));
  } catch (cause) {
    const { message } = cause as { readonly message?: unknown };
    return no(typeof message === 'string' ? message.slice(0, 300) : 'The wallet refused.', 'Nothing more was sent.');
  }
};

/** Refused where the wallet is on another chain. */
const isOn = async (wallet: Injected, chainId: number): Promise<Result<true>> => {
  const at = await ask(wallet, 'eth_chainId');
  if (!at.ok) return at;
  if (Number(at.value) === chainId) return ok(true);
  return no(`The wallet is on chain ${Number(at.value)}; this court is on chain ${chainId}.`, 'Switch it over.');
};

/** The account whose owner has agreed to be known here, since this page was opened. */
export const walletAccount = signal<string | null>(null);

/** The account that signs, once its owner has agreed; refused where the wallet is on another chain. */
export const connectWallet = async (wallet: Injected, chainId: number): Promise<Result<string>> => {
  const accounts = await ask(wallet, 'eth_requestAccounts');
  if (!accounts.ok) return accounts;
  const [account] = Array.isArray(accounts.value) ? (accounts.value as unknown[]) : [];
  if (typeof account !== 'string') return no('The wallet has no account.', 'Unlock it, and try again.');
  const at = await isOn(wallet, chainId);
  if (!at.ok) return at;
  walletAccount.value = account;
  return ok(account);
};

/** The account's money at the court, read through its own wallet. */
export const readWalletMoney = async (
  wallet: Injected,
  place: { readonly court: string; readonly currency: string },
  account: string,
): Promise<Result<WalletMoney>> => {
  const calls = moneyCalls(place, account);
  const balance = await ask(wallet, 'eth_call', [calls.balanceUnits, 'latest']);
  if (!balance.ok) return balance;
  const allowance = await ask(wallet, 'eth_call', [calls.allowanceUnits, 'latest']);
  if (!allowance.ok) return allowance;
  return ok({ balanceUnits: BigInt(String(balance.value)), allowanceUnits: BigInt(String(allowance.value)) });
};

/** Whether a step would be taken now, as the wallet's chain says. */
export const wouldGo = async (wallet: Injected, from: string, { to, data }: WalletStep): Promise<boolean> =>
  (await ask(wallet, 'eth_call', [{ from, to, data }, 'latest'])).ok;

const POLL_MS = 400;
const MOST_POLLS = 450;

/**
 * Has the wallet sign and send a step, and waits until the chain has it: @returns its transaction.
 * Its owner may have switched it over since the step was shown: it is asked once more, and told which chain is meant.
 */
export const sendStep = async (
  wallet: Injected,
  from: string,
  { chainId, to, data }: WalletStep,
): Promise<Result<string>> => {
  const at = await isOn(wallet, chainId);
  if (!at.ok) return at;
  const sent = await ask(wallet, 'eth_sendTransaction', [{ from, to, data, chainId: `0x${chainId.toString(16)}` }]);
  if (!sent.ok) return sent;
  const hash = String(sent.value);
  for (let polls = 0; polls < MOST_POLLS; polls += 1) {
    const found = await ask(wallet, 'eth_getTransactionReceipt', [hash]);
    if (!found.ok) return found;
    const receipt = found.value as { readonly status?: unknown } | null;
    if (receipt?.status === '0x1') return ok(hash);
    if (receipt !== null) return no(`The contract refused transaction ${hash}.`, 'Look at where the case stands now.');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return no(`Transaction ${hash} is not in the chain yet.`, 'Look into your wallet before you send it again.');
};
