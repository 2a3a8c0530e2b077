/** Deploying the contracts, idempotently: what is already there is left alone. */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import type { Hex } from 'viem';

import { attempt, type Chain, type ConnectOptions, connect, signerOf } from './client.ts';
import { create2Call, ensureDeployer, isDeployed } from './deployer.ts';
import {
  CAREFUL_DELAYS,
  CAREFUL_TERMS,
  type Contracts,
  DEVELOPMENT_DELAYS,
  DEVELOPMENT_TERMS,
  type Plan,
  type PlanOptions,
  planDeployment,
} from './plan.ts';
import { type Call, send } from './send.ts';

export type DeployOptions = Partial<PlanOptions> &
  Omit<ConnectOptions, 'key'> & {
    /** Called before each contract that is deployed. */
    readonly onStep?: (name: keyof Contracts, address: Hex) => void;
  };

export type Deployment = {
  readonly chainId: number;
  readonly contracts: Contracts;
  /** Names of what was missing and is there now; empty when nothing was to do. */
  readonly deployed: readonly (keyof Contracts)[];
  readonly gasUsed: bigint;
};

const refuseStep = (problem: Problem, name: string): { readonly ok: false; readonly problem: Problem } =>
  refuse({ ...problem, message: `${name} was not deployed. ${problem.message}`, field: name });

/** Sends a call and asks `done` whether it took effect, whatever became of the transaction. */
const sendUntil = async (chain: Chain, call: Call, done: () => Promise<boolean>): Promise<Result<bigint>> => {
  const sent = await send(chain, call);
  if (await done()) return ok(sent.kind === 'mined' ? sent.gasUsed : 0n);
  if (sent.kind === 'lost' || sent.kind === 'refused') return refuse(sent.problem);
  return refuse({ code: 'chain.reverted', message: 'The chain refused to deploy it.', next: 'Check its gas limit.' });
};

const checkToken = async (chain: Chain, token: Hex | undefined): Promise<Result<true>> => {
  if (token !== undefined) {
    const there = await attempt(chain, () => isDeployed(chain, token));
    if (!there.ok || there.value) return there.ok ? ok(true) : there;
    const message = `There is no token at ${token} on chain ${chain.chainId}.`;
    return refuse({ code: 'chain.not-deployed', message, next: 'Name a token of this chain.', field: 'token' });
  }
  if (DEVELOPMENT_CHAIN_IDS.includes(chain.chainId)) return ok(true);
  return refuse({
    code: 'chain.token-required',
    message: `Chain ${chain.chainId} is no development chain, and there the development dollar cannot be minted.`,
    next: 'Name an existing 6-decimal dollar with --token.',
    field: 'token',
    value: String(chain.chainId),
  });
};

/** Chains on which the development dollar's faucet works; twin of `DevDollar.isDevelopmentChain`. */
export const DEVELOPMENT_CHAIN_IDS: readonly number[] = [31337, 1337, 11155111, 17000, 560048, 84532, 11155420, 421614];

/** What is deployed on a chain unless something else is asked for. */
export const usualOptions = (chainId: number): Required<Pick<PlanOptions, 'delays' | 'terms'>> =>
  DEVELOPMENT_CHAIN_IDS.includes(chainId)
    ? { delays: DEVELOPMENT_DELAYS, terms: DEVELOPMENT_TERMS }
    : { delays: CAREFUL_DELAYS, terms: CAREFUL_TERMS };

const deployMissing = async (
  chain: Chain,
  plan: Plan,
  onStep: DeployOptions['onStep'],
): Promise<Result<Deployment>> => {
  const deployed: (keyof Contracts)[] = [];
  let gasUsed = 0n;
  for (const { name, address, initCode } of plan.steps) {
    const there = await attempt(chain, () => isDeployed(chain, address));
    if (!there.ok) return refuseStep(there.problem, name);
    if (there.value) continue;
    onStep?.(name, address);
    const sent = await sendUntil(chain, create2Call(initCode, plan.salt), () => isDeployed(chain, address));
    if (!sent.ok) return refuseStep(sent.problem, name);
    gasUsed += sent.value;
    deployed.push(name);
  }
  return ok({ chainId: chain.chainId, contracts: plan.contracts, deployed, gasUsed });
};

/**
 * Deploys what is missing of Surety's contracts through the CREATE2 deployer, so that the same operator, token and
 * delays have the same addresses on every chain. Doing it again does nothing. Unless told otherwise delays and the
 * arbiter's terms are {@link DEVELOPMENT_DELAYS} and {@link DEVELOPMENT_TERMS} on development chains, and
 * {@link CAREFUL_DELAYS} and {@link CAREFUL_TERMS} elsewhere.
 * @param key secp256k1 secret key in hex; pays the gas, and is the operator unless another one is named
 * @returns `chain.unreachable`, `chain.wrong-chain`, `chain.no-funds`, `chain.token-required`, … as data
 */
export const deploy = async (rpcUrl: string, key: string, options: DeployOptions = {}): Promise<Result<Deployment>> => {
  const connected = await connect(rpcUrl, { ...options, key });
  return connected.ok ? deployOn(connected.value, options) : connected;
};

/** As {@link deploy}, over a connection that is already there. */
export const deployOn = async (chain: Chain, options: DeployOptions = {}): Promise<Result<Deployment>> => {
  const token = await checkToken(chain, options.token);
  if (!token.ok) return token;
  const deployer = await ensureDeployer(chain);
  if (!deployer.ok) return deployer;
  const usual = usualOptions(chain.chainId);
  const operator = options.operator ?? signerOf(chain).address;
  const plan = planDeployment({
    ...options,
    operator,
    delays: options.delays ?? usual.delays,
    terms: options.terms ?? usual.terms,
  });
  return deployMissing(chain, plan, options.onStep);
};
