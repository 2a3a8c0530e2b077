/**
 * What the programs of this folder share: each is run as a process of its own by the command line, which knows no chain. The
 * task comes in the environment, so that keys show in no process list; what is said goes out as one JSON object a line.
 */
import { createInterface } from 'node:readline';
import {
  attempt,
  type Chain,
  type Contracts,
  connect,
  LOCAL_CHAIN_IDS,
  predictAddresses,
  usualOptions,
} from '@surety/chain';
import { ERRORS, type Problem, parseAddress, SuretyError, unwrap } from '@surety/core';
import { toJson } from './alerts.ts';

type Hex = `0x${string}`;

/** Says something to whoever started this. */
export const say = (value: { readonly kind: string; readonly [field: string]: unknown }): void => {
  process.stdout.write(`${toJson(value)}\n`);
};

/** Waits until whoever started this agrees, or does not. */
export const agreed = async (): Promise<boolean> => {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdin.destroy();
    return line.trim() === 'go';
  }
  return false;
};

/** An environment variable that must be set. */
export const required = (name: string): string => {
  const value = process.env[name];
  if (value) return value;
  throw new SuretyError({ code: 'config.invalid', message: `${name} is not set.`, next: `Set ${name}.`, field: name });
};

/** What the task says, as JSON in `SURETY_TASK`. */
export const readTask = <T>(): T => {
  try {
    return JSON.parse(required('SURETY_TASK')) as T;
  } catch (cause) {
    if (cause instanceof SuretyError) throw cause;
    const message = 'SURETY_TASK is no JSON.';
    throw new SuretyError({ code: 'config.invalid', message, next: 'Start this with "surety".', field: 'SURETY_TASK' });
  }
};

/** Where the Arbiter and its parts are, where that is not as deployed by `surety deploy` with the usual terms. */
export type Places = {
  readonly token?: string;
  readonly arbiter?: string;
  /** Route of tensor programs. */
  readonly verifier?: string;
  /** Routes of proofs: checked whole, and by steps. */
  readonly proofVerifier?: string;
  readonly stepVerifier?: string;
};

const address = (text: string, field: string): Hex => unwrap(parseAddress(text, { field, lenient: true })) as Hex;

const ZERO: Hex = `0x${'0'.repeat(40)}`;

/** The contracts of a chain: their addresses follow from what they were deployed with, the Arbiter's not from the operator. */
export const contractsOf = (chainId: number, places: Places): Contracts => {
  const { token, arbiter, verifier, proofVerifier, stepVerifier } = places;
  const planned = predictAddresses({
    operator: ZERO,
    ...usualOptions(chainId),
    ...(token === undefined ? {} : { token: address(token, 'token') }),
  });
  return {
    ...planned,
    ...(arbiter === undefined ? {} : { arbiter: address(arbiter, 'arbiter') }),
    ...(verifier === undefined ? {} : { tensorVerifier: address(verifier, 'verifier') }),
    ...(proofVerifier === undefined ? {} : { proofVerifier: address(proofVerifier, 'proof-verifier') }),
    ...(stepVerifier === undefined ? {} : { proofStepVerifier: address(stepVerifier, 'step-verifier') }),
  };
};

/** The chain of `RPC_URL`, with the key of `SURETY_CHAIN_KEY` where there is one. */
export const connectHere = async (): Promise<Chain> => {
  const key = process.env.SURETY_CHAIN_KEY;
  return unwrap(await connect(required('RPC_URL'), key ? { key } : {}));
};

/** The own address. */
export const ownAddress = ({ account }: Chain): Hex => {
  if (account !== undefined) return account.address;
  throw new SuretyError({ code: 'chain.no-key', message: 'There is no key.', next: 'Set SURETY_CHAIN_KEY.' });
};

/** Gas for a fresh key on a local chain, whose owner prints it anyway. Chains that do not offer it say no. */
export const giveGas = async (chain: Chain, to: Hex): Promise<void> => {
  const { chainId, reader } = chain;
  if (!LOCAL_CHAIN_IDS.includes(chainId)) return;
  if (unwrap(await attempt(chain, () => reader.getBalance({ address: to }))) > 0n) return;
  const request = reader.request as (call: { method: string; params: readonly unknown[] }) => Promise<unknown>;
  await request({ method: 'anvil_setBalance', params: [to, '0x56bc75e2d63100000'] }).catch(() => undefined);
};

/** Runs a program to its end; what it throws is said as a refusal and becomes its exit status. */
export const runProgram = (main: () => Promise<void>): void => {
  main().catch((cause: unknown) => {
    const problem: Problem =
      cause instanceof SuretyError
        ? cause.problem
        : { code: 'internal', message: String(cause), next: 'Report it with the line above.' };
    say({ kind: 'refused', problem });
    process.exitCode = ERRORS[problem.code].exit;
  });
};
