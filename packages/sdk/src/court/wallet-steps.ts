/**
 * Steps at a court of contracts as transactions of the visitor's own wallet, made here and not by a node: who signs them can see
 * what they are.
 */
import { addressBytes, keccak256, type Result, to0x, unwrap, utf8 } from '@surety/core';

/** A transaction as a wallet (EIP-1193 `eth_sendTransaction`) takes it. */
export type WalletStep = {
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
  if (typeof argument === 'bigint') return argument.toString(16).padStart(64, '0');
  return to0x(unwrap(addressBytes(argument) as Result<Uint8Array>))
    .slice(2)
    .padStart(64, '0');
};

/**
 * Calldata of a function whose arguments are numbers and addresses.
 * @param signature such as `fund(uint256,uint8,uint256)`
 * @throws {SuretyError} `input.malformed` for what is no address
 */
export const calldata = (signature: string, args: readonly Argument[]): string =>
  `${to0x(keccak256(utf8(signature))).slice(0, 10)}${args.map(word).join('')}`;

const step = (words: string, to: string, signature: string, args: readonly Argument[]): WalletStep => {
  const name = signature.slice(0, signature.indexOf('('));
  return { words, to, call: `${name}(${args.map(String).join(', ')})`, data: calldata(signature, args) };
};

/** An account's money, as its own wallet reads it. */
export type WalletMoney = {
  /** At the court. */
  readonly balanceUnits: bigint;
  /** What the court may take of the token. */
  readonly allowanceUnits: bigint;
};

type Place = { readonly court: string; readonly currency: string };

/** What brings the balance at the court up to what a step needs. */
const bring = (
  account: string,
  { court, currency }: Place,
  money: WalletMoney,
  units: bigint,
): readonly WalletStep[] => {
  const missing = units - money.balanceUnits;
  if (missing <= 0n) return [];
  const allow = step('Let the court take the money from your wallet.', currency, 'approve(address,uint256)', [
    court,
    missing,
  ]);
  const deposit = step('Pay it into your balance at the court.', court, 'deposit(address,uint256)', [account, missing]);
  return money.allowanceUnits >= missing ? [deposit] : [allow, deposit];
};

export type Payment = {
  readonly account: string;
  readonly caseId: number;
  readonly outcome: number;
  readonly units: bigint;
};

/** Proposing an outcome with a bond: one to three transactions. */
export const proposeSteps = (place: Place, money: WalletMoney, of: Payment): readonly WalletStep[] => [
  ...bring(of.account, place, money, of.units),
  step('Propose the outcome with this bond.', place.court, 'propose(uint256,uint8,uint256)', [
    ...[BigInt(of.caseId), BigInt(of.outcome), of.units],
  ]),
];

/** Paying towards the next rung: one to three transactions. */
export const fundSteps = (place: Place, money: WalletMoney, of: Payment): readonly WalletStep[] => [
  ...bring(of.account, place, money, of.units),
  step('Pay for the outcome: at most what is missing is taken.', place.court, 'fund(uint256,uint8,uint256)', [
    ...[BigInt(of.caseId), BigInt(of.outcome), of.units],
  ]),
];

/** What anybody may do because a window is over. */
export const dueStep = ({ court }: Place, caseId: number, due: 'tally' | 'finalise'): WalletStep =>
  due === 'tally'
    ? step('Count the votes.', court, 'tally(uint256)', [BigInt(caseId)])
    : step('End the case.', court, 'finalise(uint256)', [BigInt(caseId)]);

/** How the wallet reads that money: calls of `eth_call`, whose answers are one word each. */
export const moneyCalls = ({ court, currency }: Place, account: string) => ({
  balanceUnits: { to: court, data: calldata('balanceOf(address)', [account]) },
  allowanceUnits: { to: currency, data: calldata('allowance(address,address)', [account, court]) },
});
