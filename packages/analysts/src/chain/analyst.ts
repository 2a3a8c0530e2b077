/**
 * The chain analyst: what the chain itself says of a token, contract or account. Its weights are set by hand, not
 * measured, and every reading says so.
 */

import { type Subject, sha256Hex, utf8 } from '@surety/core';
import { type Analyst, abstain, clampPpm, type Facts, type ReadContext, type Reading } from '../analyst.ts';
import { BUILT_IN_REGISTRY } from '../registry/analyst.ts';
import { standing } from '../registry/registry.ts';
import { type ChainState, readChainState } from './state.ts';

const CODE_VERSION = 1;
const PROGRAM = `surety/chain-state@${sha256Hex(utf8(`chain-state\n${CODE_VERSION}\n${JSON.stringify(BUILT_IN_REGISTRY.tokens)}`))}`;

type OnChain = Extract<Subject, { readonly address: string }>;
type Signal = { readonly points: number; readonly text: string };

const DID_NOT_SEE = [
  'the source code',
  'what other contracts do with it',
  'anything off the chain',
  'holders outside recent transfers',
];
const DAY_SECONDS = 86_400;

/** Sum of points to probability, set by hand; index 0 stands for -4. */
const POINTS_PPM = [
  100_000, 150_000, 230_000, 340_000, 470_000, 560_000, 640_000, 720_000, 790_000, 850_000, 900_000, 930_000,
] as const;

const ageSignal = (state: ChainState, nowSeconds: number): Signal[] => {
  if (state.createdAt === null) return [];
  const days = Math.max(0, Math.floor((nowSeconds - state.createdAt) / DAY_SECONDS));
  const text = `Its code has been there for ${days} days.`;
  return [{ points: days < 7 ? 2 : days < 60 ? 1 : days > 365 ? -2 : 0, text }];
};

const proxySignal = (state: ChainState): Signal[] => {
  if (state.implementation === null) return [];
  if (state.adminIsContract === false)
    return [{ points: 1, text: `It is a proxy; one key (${state.admin}) can replace its code at any time.` }];
  return [{ points: 0, text: `It is a proxy for ${state.implementation}: its code can be replaced.` }];
};

const tokenSignals = (subject: OnChain, state: ChainState): Signal[] => {
  const token = state.token;
  if (token === null)
    return subject.kind === 'token'
      ? [{ points: 5, text: 'It does not answer as a token: neither symbol nor supply.' }]
      : [];
  const signals: Signal[] = [];
  const claimed = subject.kind === 'token' ? subject.symbol : undefined;
  if (claimed !== undefined && token.symbol !== null && claimed.toLowerCase() !== token.symbol.toLowerCase()) {
    signals.push({ points: 2, text: `It calls itself ${token.symbol}, not ${claimed}.` });
  }
  const stands = standing(BUILT_IN_REGISTRY, {
    chainId: subject.chainId,
    address: subject.address,
    ...(token.symbol === null ? {} : { symbol: token.symbol }),
  });
  if (stands.kind === 'impostor')
    signals.push({
      points: 6,
      text: `On chain it bears the symbol of ${stands.token.symbol}, whose contract is ${stands.token.address}.`,
    });
  if (stands.kind === 'genuine')
    signals.push({ points: -4, text: `It is the registered contract of ${stands.token.symbol}.` });
  if (token.largestHolderPpm !== null && token.largestHolderPpm > 500_000) {
    signals.push({ points: 2, text: `One holder has ${Math.floor(token.largestHolderPpm / 10_000)} % of the supply.` });
  }
  if (token.owner !== null && state.powers.length > 0)
    signals.push({ points: 1, text: `Its owner may be able to ${state.powers.join(', ')}.` });
  return signals;
};

const factsOf = (subject: OnChain, state: ChainState): Facts => ({
  chainId: subject.chainId,
  address: subject.address,
  block: state.block,
  codeBytes: state.codeBytes,
  delegate: state.delegate,
  implementation: state.implementation,
  admin: state.admin,
  createdAt: state.createdAt,
  nonce: state.nonce,
  symbol: state.token?.symbol ?? null,
  totalSupply: state.token?.totalSupply?.toString() ?? null,
  owner: state.token?.owner ?? null,
  largestHolderPpm: state.token?.largestHolderPpm ?? null,
  recentRecipients: state.token?.recentRecipients ?? null,
});

const judge = (subject: OnChain, state: ChainState, nowSeconds: number): Reading => {
  const facts = factsOf(subject, state);
  const saw = [`chain ${subject.chainId} at block ${state.block}`];
  const notMeasured = { text: 'What these signs weigh is an assumption set by hand, not a measurement.' };
  const didNotSee = [
    ...DID_NOT_SEE,
    ...(state.createdAt === null && state.codeBytes > 0 ? ['its age: the node keeps no old states'] : []),
  ];
  if (state.codeBytes === 0 && subject.kind !== 'address') {
    return {
      probabilityPpm: clampPpm(900_000),
      saw,
      didNotSee,
      reasons: [
        {
          text: `There is no code at ${subject.address} on chain ${subject.chainId}: no such ${subject.kind} exists there.`,
        },
        notMeasured,
      ],
      facts,
      program: PROGRAM,
    };
  }
  if (subject.kind === 'address' && (state.codeBytes === 0 || state.delegate !== null)) {
    const used = state.nonce > 0 || state.balanceWei > 0n;
    const why =
      state.delegate !== null
        ? `It is an account that lets ${state.delegate} act for it.`
        : used
          ? 'It is an ordinary account; the chain does not say whose.'
          : 'It was never used on this chain.';
    return { ...abstain(PROGRAM, why, didNotSee, facts), saw };
  }
  const signals = [...ageSignal(state, nowSeconds), ...proxySignal(state), ...tokenSignals(subject, state)];
  if (signals.every((signal) => signal.points === 0))
    return { ...abstain(PROGRAM, 'The chain shows nothing that speaks either way.', didNotSee, facts), saw };
  const points = signals.reduce((sum, signal) => sum + signal.points, 0);
  const at = Math.min(POINTS_PPM.length - 1, Math.max(0, points + 4));
  const reasons = [...signals.map((s) => ({ text: s.text, weightPpm: s.points * 100_000 })), notMeasured];
  return {
    probabilityPpm: clampPpm(POINTS_PPM[at]!),
    saw,
    didNotSee,
    reasons,
    facts: { ...facts, points },
    program: PROGRAM,
  };
};

const timed = <T>(work: Promise<T>, milliseconds: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const readOnChain = async (subject: OnChain, context: ReadContext): Promise<Reading> => {
  const rpc = context.rpc;
  if (rpc === undefined) return abstain(PROGRAM, 'No chain is connected.', ['the chain']);
  try {
    const state = await timed(
      readChainState((method, params) => rpc(subject.chainId, method, params), subject.address, {
        token: subject.kind !== 'address',
      }),
      context.timeoutMs ?? 8_000,
    );
    if (state === null) return abstain(PROGRAM, 'The chain did not answer in time.', ['the chain']);
    return judge(subject, state, context.nowSeconds);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : 'Unknown trouble.';
    return abstain(PROGRAM, `Chain ${subject.chainId} could not be read. ${why}`, ['the chain']);
  }
};

/** Reads chain state. Needs `context.rpc`. */
export const chainAnalyst: Analyst = {
  id: 'chain-state',
  view: 'Code, age, proxy, powers and holders, as the chain shows them.',
  family: 'rules:chain-state',
  needs: ['chain'],
  trainedOn: ['surety/genuine-tokens'],
  reads: ['token', 'contract', 'address'],
  read: async (subject, context) =>
    subject.kind === 'token' || subject.kind === 'contract' || subject.kind === 'address'
      ? readOnChain(subject, context)
      : abstain(PROGRAM, 'Not on a chain.', ['the subject']),
};
