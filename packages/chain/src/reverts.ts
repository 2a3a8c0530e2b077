/** Solidity's custom errors and the codes they share with the rest of Surety. A test checks that none is missing. */
import type { ErrorCode } from '@surety/core';

const CODES: Readonly<Record<string, ErrorCode>> = {
  // Settlement
  NotActive: 'settlement.not-active',
  NotExiting: 'settlement.not-exiting',
  RootOutOfOrder: 'settlement.root-out-of-order',
  RootUnknown: 'settlement.root-unknown',
  RootTooYoung: 'settlement.root-too-young',
  RootAboveDeposits: 'settlement.root-above-deposits',
  CountedShort: 'settlement.counted-short',
  JournalWentBack: 'settlement.went-back',
  DepositsWentBack: 'settlement.went-back',
  DepositUnknown: 'settlement.deposit-unknown',
  DepositsDiffer: 'settlement.deposits-differ',
  DepositNotPending: 'settlement.deposit-not-pending',
  DepositNotOverdue: 'settlement.deposit-not-overdue',
  PathNotInRoot: 'settlement.path-not-in-root',
  PathMalformed: 'settlement.path-not-in-root',
  LeafMalformed: 'settlement.path-not-in-root',
  NothingToWithdraw: 'settlement.nothing-to-withdraw',
  AlreadyExited: 'settlement.already-exited',
  NotYourLeaf: 'settlement.not-your-leaf',
  NothingToForce: 'settlement.forced',
  ForcedAlreadyOpen: 'settlement.forced',
  ForcedNotOpen: 'settlement.forced',
  ForcedAnswerInvalid: 'settlement.forced',
  OperatorOnly: 'settlement.operator-only',
  OperatorInTime: 'settlement.operator-in-time',
  ZeroAmount: 'input.out-of-range',
  ZeroAccount: 'input.empty',
  DelaysOutOfRange: 'input.out-of-range',
  TokenWithoutCode: 'chain.not-deployed',
  TokenShort: 'amount.not-integer',
  // Anchor
  LogEmpty: 'input.out-of-range',
  LogNotNewer: 'anchor.not-newer',
  LogForked: 'anchor.forked',
  // CoverBond
  GraceOutOfRange: 'input.out-of-range',
  BondExhausted: 'cover.bond-exhausted',
  CoverNone: 'cover.none',
  CoverExpired: 'cover.expired',
  CoverNotExpired: 'cover.not-expired',
  CoverInState: 'cover.settled',
  RulingMismatch: 'cover.ruling-mismatch',
  RulingTooLate: 'cover.ruling-mismatch',
  // ReceiptVerifier
  WrongOperator: 'signature.wrong-operator',
  AnchorWithoutCode: 'chain.not-deployed',
  ReceiptNotSigned: 'signature.wrong-signer',
  ReceiptNotFinal: 'receipt.not-final',
  ReceiptTooYoung: 'receipt.not-final',
  ReceiptNotLogged: 'receipt.not-logged',
  NotCanonical: 'input.not-canonical',
  ReceiptStatusUnknown: 'input.out-of-range',
  // Of the library that writes addresses; an address always fits.
  StringsInsufficientHexLength: 'internal',
  // DevDollar, ERC-20, EIP-2612, EIP-3009
  DevelopmentOnly: 'network.development-only',
  FaucetLimit: 'input.out-of-range',
  FaucetIdUsed: 'action.replayed',
  ERC20InsufficientBalance: 'account.insufficient-funds',
  ERC20InsufficientAllowance: 'token.not-approved',
  ERC2612ExpiredSignature: 'token.authorization-time',
  ERC2612InvalidSigner: 'signature.wrong-signer',
  ERC3009InvalidSignature: 'signature.wrong-signer',
  ERC3009InvalidAuthorizationTime: 'token.authorization-time',
  ERC3009UsedAuthorization: 'action.replayed',
};

/** What to do after a refusal whose reader can do something. */
export const NEXT_OF_REVERT: Readonly<Record<string, string>> = {
  RootOutOfOrder: 'Read the last root from the contract and number the next one after it.',
  RootTooYoung: 'Try again once the challenge delay of that root is over.',
  RootAboveDeposits: 'Build the tree again from the withdrawals the chain shows now.',
  DepositsDiffer: 'Read the deposits again: the chain was rewound since they were credited.',
  PathNotInRoot: 'Ask for the leaf and path of exactly that root.',
  NothingToWithdraw: 'Authorise a withdrawal first, or wait for a root that includes it.',
  DepositNotOverdue: 'Wait until the reclaim delay is over.',
  OperatorInTime: 'Wait until the deadline that the error names.',
  OperatorOnly: 'Use the key of the operator that the contract was deployed for.',
  BondExhausted: 'Add to the bond, or issue the receipt without cover.',
  LogForked: 'Do not trust this log: keep both roots and show them to others.',
  DevelopmentOnly: 'Use an existing dollar token on this chain.',
  ERC20InsufficientBalance: 'Get more of the token first.',
  ERC20InsufficientAllowance: 'Approve the amount, or sign an authorisation.',
};

/** The code of a custom error's name; `chain.reverted` for a contract that is not Surety's. */
export const codeOfRevert = (name: string): ErrorCode => CODES[name] ?? 'chain.reverted';
