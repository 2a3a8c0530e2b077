/**
 * Steps at a court of contracts as transactions of the visitor's own wallet, made here and not by a node: who signs them can see
 * what they are.
 */
import { addressBytes, keccak256, type Result, to0x, unwrap, utf8 } from '@surety/core';

/** A transaction as a wallet (EIP-1193 `eth_sendTransaction`) takes it. */
export type WalletStep = {
  /** Of the chain that it is meant for: on another one the same calldata is another deed. */
  readonly chainId: number;
  /** What it does, in plain words. */
  readonly words: string;
  /** The call in the contract's own terms. */
  readonly call: string;
  readonly to: string;
  /** 0x-hex. */
  readonly data: string;
};

type Argument = bigint | string;

const word = (argument: Argument): string => {
  if (typeof argument === 'string' && /^0x[0-9a-f]{64}$/.test(argument)) return argument.slice(2);
  if (typeof argument === 'bigint') return argument.toString(16).padStart(64, '0');
  return to0x(unwrap(addressBytes(argument) as Result<Uint8Array>))
    .slice(2)
    .padStart(64, '0');
};

/**
 * Calldata of a function whose arguments are numbers, addresses and hashes (32 bytes, lower-case 0x-hex).
 * @param signature such as `fund(uint256,uint8,uint256)`
 * @throws {SuretyError} `input.malformed` for what is neither
 */
export const calldata = (signature: string, args: readonly Argument[]): string =>
  `${to0x(keccak256(utf8(signature))).slice(0, 10)}${args.map(word).join('')}`;

type Made = Pick<WalletStep, 'chainId' | 'words' | 'to'>;

/** A step of a call, in words and as calldata. */
export const walletStep = (made: Made, signature: string, args: readonly Argument[]): WalletStep => {
  const name = signature.slice(0, signature.indexOf('('));
  return { ...made, call: `${name}(${args.map(String).join(', ')})`, data: calldata(signature, args) };
};

/** An account's money, as its own wallet reads it. */
export type WalletMoney = {
  /** At the court. */
  readonly balanceUnits: bigint;
  /** What the court may take of the token. */
  readonly allowanceUnits: bigint;
};

type Place = { readonly chainId: number; readonly court: string; readonly currency: string };

/** What brings the balance at the court up to what a step needs. */
const bring = (
  account: string,
  { chainId, court, currency }: Place,
  money: WalletMoney,
  units: bigint,
): readonly WalletStep[] => {
  const missing = units - money.balanceUnits;
  if (missing <= 0n) return [];
  const allowing = { chainId, words: 'Let the court take the money from your wallet.', to: currency };
  const allow = walletStep(allowing, 'approve(address,uint256)', [court, missing]);
  const depositing = { chainId, words: 'Pay it into your balance at the court.', to: court };
  const deposit = walletStep(depositing, 'deposit(address,uint256)', [account, missing]);
  return money.allowanceUnits >= missing ? [deposit] : [allow, deposit];
};

export type Payment = {
  readonly account: string;
  readonly caseId: number;
  readonly outcome: number;
  readonly units: bigint;
};

const argumentsOf = ({ caseId, outcome, units }: Payment): readonly bigint[] => [
  ...[BigInt(caseId), BigInt(outcome), units],
];

/** Proposing an outcome with a bond: one to three transactions. */
export const proposeSteps = (place: Place, money: WalletMoney, of: Payment): readonly WalletStep[] => {
  const made = { chainId: place.chainId, words: 'Propose the outcome with this bond.', to: place.court };
  const propose = walletStep(made, 'propose(uint256,uint8,uint256)', argumentsOf(of));
  return [...bring(of.account, place, money, of.units), propose];
};

/** Paying towards the next rung: one to three transactions. */
export const fundSteps = (place: Place, money: WalletMoney, of: Payment): readonly WalletStep[] => {
  const words = 'Pay for the outcome: at most what is missing is taken.';
  const fund = walletStep(
    { chainId: place.chainId, words, to: place.court },
    'fund(uint256,uint8,uint256)',
    argumentsOf(of),
  );
  return [...bring(of.account, place, money, of.units), fund];
};

/** What anybody may do because a window is over. */
export const dueStep = (
  { chainId, court }: Pick<Place, 'chainId' | 'court'>,
  caseId: number,
  due: 'tally' | 'finalise',
): WalletStep => {
  const words = due === 'tally' ? 'Count the votes.' : 'End the case.';
  return walletStep({ chainId, words, to: court }, `${due}(uint256)`, [BigInt(caseId)]);
};

type Owing = {
  readonly caseId: number;
  readonly chain: Pick<Place, 'chainId' | 'court'> & { readonly panels: string };
  readonly owed: readonly (
    | { readonly kind: 'share'; readonly account: string; readonly rung: number; readonly outcome: number }
    | { readonly kind: 'seat'; readonly account: string; readonly round: number; readonly seat: number }
  )[];
};

/** Fetches what a case owes to an account into its balance at the court. */
export const owedSteps = ({ caseId, chain, owed }: Owing, account: string): readonly WalletStep[] =>
  owed
    .filter((each) => each.account.toLowerCase() === account.toLowerCase())
    .map((each) => {
      const { chainId, court, panels } = chain;
      if (each.kind === 'seat') {
        const made = {
          chainId,
          words: `Free the stake of your seat in round ${each.round}, and fetch its fee.`,
          to: panels,
        };
        return walletStep(made, 'settleSeat(uint256,uint8,uint8)', [caseId, each.round, each.seat].map(BigInt));
      }
      const words =
        each.rung === 0
          ? 'Fetch what your proposal is owed.'
          : `Fetch what you are owed for paying to go on (rung ${each.rung} of the ladder).`;
      const args = [BigInt(caseId), BigInt(each.rung), BigInt(each.outcome), each.account];
      return walletStep({ chainId, words, to: court }, 'collect(uint256,uint8,uint8,address)', args);
    });

/** Pays the balance at the court out to its owner. */
export const withdrawStep = (
  { chainId, court }: Pick<Place, 'chainId' | 'court'>,
  account: string,
  units: bigint,
): WalletStep =>
  walletStep(
    { chainId, words: 'Pay your balance at the court out to your wallet.', to: court },
    'withdraw(address,uint256)',
    [account, units],
  );

/** How the wallet reads that money: calls of `eth_call`, whose answers are one word each. */
export const moneyCalls = ({ court, currency }: Pick<Place, 'court' | 'currency'>, account: string) => ({
  balanceUnits: { to: court, data: calldata('balanceOf(address)', [account]) },
  allowanceUnits: { to: currency, data: calldata('allowance(address,address)', [account, court]) },
});
