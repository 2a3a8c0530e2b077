/** An account at work: a wallet, its delegated session key and a client, joined once and then used for every action. */
import type { AnalystReport } from '@surety/core';
import type { ActionResult, WireDelegation, WireOrder } from '@surety/protocol';
import type { Client } from './client.ts';
import { type ActionBody, createSession, type Session, signAction, signDelegation } from './session.ts';
import type { Wallet } from './wallet.ts';

export type AccountOptions = {
  readonly client: Client;
  readonly wallet: Wallet;
  /** A fresh one when absent. */
  readonly session?: Session;
  /** The most that the session may move into markets over its life; default $10. */
  readonly limitMicroUsd?: bigint;
  /** Default `trade`. */
  readonly scope?: string;
};

export type OpenAccount = {
  readonly address: string;
  readonly session: Session;
  /** The wallet's signed word for the session key. */
  readonly delegation: WireDelegation;
  /** Signs and sends one action. Throws the node's refusal. */
  readonly act: (body: ActionBody) => Promise<ActionResult>;
  /** Moves money into the account's budget in a market. */
  readonly fund: (marketId: string, amountMicroUsd: bigint) => Promise<ActionResult>;
  readonly order: (marketId: string, order: WireOrder) => Promise<ActionResult>;
  /** Attaches a report to a market in which the account has money. */
  readonly attach: (marketId: string, report: AnalystReport) => Promise<ActionResult>;
};

/**
 * Delegates to the session key and returns what trades with it.
 * @throws {SuretyError} the node's refusal of the delegation
 */
export const openAccount = async (options: AccountOptions): Promise<OpenAccount> => {
  const { client, wallet, limitMicroUsd = 10_000_000n, scope = 'trade' } = options;
  const session = options.session ?? (await createSession());
  const { chainId, receiptVerifier, issuer } = await client.network();
  const network = { chainId, receiptVerifier, operator: issuer.address };
  const delegation = await signDelegation({ ...network, wallet, session, limitMicroUsd, scope });
  await client.delegate(delegation);
  const act = async (body: ActionBody): Promise<ActionResult> => {
    const signed = await signAction(body, { ...network, account: wallet.address, session });
    // The nonce already makes the action unique; the same text serves as the idempotency key.
    return (await client.act(signed, { idempotencyKey: signed.action.nonce })).result;
  };
  return {
    address: wallet.address,
    session,
    delegation,
    act,
    fund: (marketId, amountMicroUsd) =>
      act({ type: 'surety/action/fund/v1', marketId, amountMicroUsd: amountMicroUsd.toString() }),
    order: (marketId, order) => act({ type: 'surety/action/order/v1', marketId, order }),
    attach: (marketId, evidence) => act({ type: 'surety/action/evidence/v1', marketId, evidence }),
  };
};
