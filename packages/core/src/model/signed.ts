/** Whether a record follows from an action that the publisher's wallet let a key sign (spec 13.2). */
import { verifyAction } from '../action.ts';
import { toHex } from '../bytes.ts';
import { encode } from '../canonical.ts';
import { verifyTyped } from '../eip712/sign.ts';
import type { Bytes32, DelegationMessage } from '../eip712/types.ts';
import { ok, type Result, refuse, show } from '../errors.ts';
import type { SignedPublish } from './publication.ts';
import type { ModelRecord } from './record.ts';

type Members = { readonly [name: string]: unknown };

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (a: unknown, b: unknown): boolean => toHex(encode(a)) === toHex(encode(b));

/** What the publisher says itself; the node adds number, predecessor and time. */
const SIGNED = ['name', 'commitment', 'revealBy', 'bondMicroUsd', 'probes', 'bundle'] as const;

const unlike = (field: string, value: unknown, limit: unknown): Result<never> =>
  refuse({
    code: 'publication.changed',
    message: `The publisher signed another ${field} than the record states.`,
    next: 'Get the publication again from the node that made it.',
    field: `record.${field}`,
    value: show(value),
    limit: show(limit),
  });

/** The delegation as its wallet signed it; members that it has beyond the key and the amount stand as they are. */
const messageOf = ({ signature: _, sessionKey, limitMicroUsd, ...rest }: Members): DelegationMessage => {
  const point = String(sessionKey);
  const half = (from: number): Bytes32 => `0x${point.slice(from, from + 64)}`;
  return {
    ...(rest as Omit<DelegationMessage, 'sessionKeyX' | 'sessionKeyY' | 'limitMicroUsd'>),
    sessionKeyX: half(2),
    sessionKeyY: half(66),
    limitMicroUsd: BigInt(/^\d{1,30}$/.test(String(limitMicroUsd)) ? String(limitMicroUsd) : '0'),
  };
};

/** The network that the publisher signed for, and whose node it is. */
export type SigningNetwork = { readonly chainId: number; readonly receiptVerifier: string; readonly operator: string };

/**
 * Whether `record` says what the publisher signed, by a key for which its wallet spoke when it was published.
 * Problems: `publication.changed`, `signature.*`, `session.*`.
 */
export const checkSignedPublish = (
  record: ModelRecord,
  { action, account, sessionKey, signature }: SignedPublish,
  network: SigningNetwork,
): Result<true> => {
  if (!isMembers(action) || action.type !== 'surety/action/publish/v1')
    return unlike('type', isMembers(action) ? action.type : action, 'surety/action/publish/v1');
  if (account !== record.publisher || action.account !== account)
    return unlike('publisher', action.account, record.publisher);
  if (action.chainId !== network.chainId) return unlike('chain', action.chainId, network.chainId);
  if (action.operator !== network.operator) return unlike('operator', action.operator, network.operator);
  for (const field of SIGNED)
    if (!same(action[field] ?? null, record[field])) return unlike(field, action[field], record[field]);
  const x: Bytes32 = `0x${sessionKey.slice(2, 66)}`;
  const y: Bytes32 = `0x${sessionKey.slice(66)}`;
  const signed = verifyAction(action, signature, { x, y });
  if (!signed.ok) return signed;
  return checkDelegation(record, action.delegation, sessionKey, network);
};

const checkDelegation = (
  { publisher, publishedAt }: ModelRecord,
  delegation: unknown,
  sessionKey: string,
  network: SigningNetwork,
): Result<true> => {
  if (!isMembers(delegation) || delegation.sessionKey !== sessionKey || delegation.wallet !== publisher)
    return unlike('publisher', isMembers(delegation) ? delegation.wallet : delegation, publisher);
  if (delegation.operator !== network.operator) return unlike('operator', delegation.operator, network.operator);
  const message = messageOf(delegation);
  const late = typeof message.expiresAt !== 'number' || message.expiresAt < publishedAt;
  if (late || !String(message.scope).split(',').includes('publish')) {
    return refuse({
      code: late ? 'session.expired' : 'session.out-of-scope',
      message: `The wallet's delegation ${late ? `ended at ${message.expiresAt}` : `allows ${message.scope}`}, so the key did not speak for it here.`,
      next: 'Publish with a key that the wallet has delegated to for `publish`.',
      field: 'signed.action.delegation',
      value: show(late ? message.expiresAt : message.scope),
    });
  }
  const signed = verifyTyped('Delegation', message, {
    domain: { chainId: network.chainId, verifyingContract: network.receiptVerifier },
    signature: String(delegation.signature),
    address: publisher,
  });
  return signed.ok ? ok(true) : signed;
};
