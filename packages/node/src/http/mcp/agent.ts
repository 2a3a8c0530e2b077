/**
 * The account from which an MCP server asks and trades for its clients: its own wallet and session key, with a limit on
 * what may be spent in all. Clients with wallets of their own send signed actions instead.
 */
import { randomBytes } from 'node:crypto';
import {
  addressOfSecretKey,
  fromHex,
  type Result,
  refuse,
  sessionKeyOf,
  signAction,
  signTyped,
  unwrap,
} from '@surety/core';
import {
  type Action,
  type Handlers,
  LIMITS,
  type NetworkInfo,
  type Reading,
  type RouteContext,
  type SignedAction,
} from '@surety/protocol';

export type Confirmed = { readonly operator: string; readonly signature: string };

export type McpAgent = {
  /** EIP-55 address of the account that pays. */
  readonly address: string;
  /** Signs the reading of a question for this node's operator, if its budget still fits the limit. */
  readonly confirm: (reading: Reading, context: RouteContext) => Promise<Result<Confirmed>>;
  /** Gives back what `confirm` or a signed `fund` set aside, when the node refused it after all. */
  readonly release: (amountMicroUsd: bigint) => void;
  /** Signs an action with the delegated session key. */
  readonly sign: (body: AgentAction, context: RouteContext) => Promise<Result<SignedAction>>;
};

type Unsigned<T> = T extends Action ? Omit<T, 'account' | 'chainId' | 'operator' | 'nonce' | 'expiresAt'> : never;
export type AgentAction = Unsigned<Action>;

export type AgentOptions = {
  readonly handlers: Handlers;
  /** secp256k1, 32 bytes in hex. */
  readonly secretKey: string;
  /** The most that questions and trades may cost while this process runs; default $10. */
  readonly limitMicroUsd?: bigint;
  /** Unix milliseconds. */
  readonly now: () => number;
};

type Ready = { readonly network: NetworkInfo; readonly sessionSecret: Uint8Array; readonly sessionKey: string };

/** An agent that keeps its key in this process, funded by the faucet on development networks. */
export const createAgent = (options: AgentOptions): McpAgent => {
  const { handlers, now, limitMicroUsd = 10_000_000n } = options;
  const secretKey = unwrap(fromHex(options.secretKey, { bytes: 32, field: 'secretKey' }));
  const address = addressOfSecretKey(secretKey);
  let left = limitMicroUsd;
  let ready: Promise<Result<Ready>> | undefined;

  const none = { params: undefined, query: undefined, body: undefined } as const;
  const writing = (context: RouteContext): RouteContext => ({
    ...context,
    idempotencyKey: randomBytes(16).toString('hex'),
  });

  const prepare = async (context: RouteContext): Promise<Result<Ready>> => {
    const found = await handlers.network(none, context);
    if (!found.ok) return found;
    const network = found.value;
    const account = await handlers.account({ ...none, params: { address } }, context);
    const empty = !account.ok || BigInt(account.value.balanceMicroUsd) < limitMicroUsd;
    if (network.faucet && empty) {
      const filled = await handlers.faucet({ ...none, body: { address } }, writing(context));
      if (!filled.ok) return filled;
    }
    const sessionSecret = new Uint8Array(randomBytes(32));
    const { x, y } = sessionKeyOf(sessionSecret);
    const sessionKey = `04${x.slice(2)}${y.slice(2)}`;
    const nonce = now();
    const expiresAt = Math.floor(nonce / 1000) + 30 * 86_400;
    const operator = network.issuer.address;
    const message = {
      operator,
      wallet: address,
      sessionKeyX: x,
      sessionKeyY: y,
      scope: 'trade',
      limitMicroUsd,
      expiresAt,
      nonce,
    };
    const domain = { chainId: network.chainId, verifyingContract: network.receiptVerifier };
    const body = {
      operator,
      wallet: address,
      sessionKey,
      scope: 'trade',
      limitMicroUsd: limitMicroUsd.toString(),
      expiresAt,
      nonce,
      signature: signTyped('Delegation', message, { domain, secretKey }),
    };
    const delegated = await handlers.delegate({ ...none, body }, writing(context));
    return delegated.ok ? { ok: true, value: { network, sessionSecret, sessionKey } } : delegated;
  };

  /** Set up once; tried again after a refusal. */
  const setUp = async (context: RouteContext): Promise<Result<Ready>> => {
    ready ??= prepare(context);
    const result = await ready;
    if (!result.ok) ready = undefined;
    return result;
  };

  const reserve = (amountMicroUsd: bigint): Result<true> => {
    if (amountMicroUsd <= left) {
      left -= amountMicroUsd;
      return { ok: true, value: true };
    }
    return refuse({
      code: 'session.limit-exceeded',
      message: `${amountMicroUsd} micro-USD do not fit into the ${left} that this MCP server may still spend.`,
      next: 'Ask for less, or restart the server with a higher limit.',
      field: 'maxCost',
      value: amountMicroUsd.toString(),
      limit: left.toString(),
    });
  };

  return {
    address,
    release: (amountMicroUsd) => {
      left += amountMicroUsd;
    },
    confirm: async (reading, context) => {
      const set = await setUp(context);
      if (!set.ok) return set;
      const budgetMicroUsd = BigInt(reading.claim.budgetMicroUsd);
      const reserved = reserve(budgetMicroUsd);
      if (!reserved.ok) return reserved;
      const { chainId, receiptVerifier, issuer } = set.value.network;
      const claimId = `0x${reading.claimId}` as const;
      const { plainWords, expiresAt } = reading;
      const operator = issuer.address;
      const message = { operator, claimId, reading: plainWords, budgetMicroUsd, expiresAt };
      const domain = { chainId, verifyingContract: receiptVerifier };
      return { ok: true, value: { operator, signature: signTyped('AskerClaim', message, { domain, secretKey }) } };
    },
    sign: async (body, context) => {
      const set = await setUp(context);
      if (!set.ok) return set;
      const { sessionSecret, sessionKey, network } = set.value;
      if (body.type === 'surety/action/fund/v1') {
        const reserved = reserve(BigInt(body.amountMicroUsd));
        if (!reserved.ok) return reserved;
      }
      const action = {
        ...body,
        account: address,
        chainId: network.chainId,
        operator: network.issuer.address,
        nonce: randomBytes(16).toString('hex'),
        expiresAt: Math.floor(now() / 1000) + Math.min(120, LIMITS.actionLifetimeSeconds),
      } as Action;
      return {
        ok: true,
        value: { action, account: address, sessionKey, signature: signAction(action, sessionSecret) },
      };
    },
  };
};
