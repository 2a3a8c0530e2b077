/**
 * Signed permissions to move a token: EIP-3009 authorisations (random nonce: a resend moves nothing twice) and EIP-2612
 * permits. Whoever holds one can submit it; the signer needs no gas.
 */
import { type Hex, parseSignature, type TypedDataDomain } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';

/** The token that is moved: its EIP-712 domain. */
export type TokenDomain = {
  readonly chainId: number;
  readonly token: Hex;
  readonly name: string;
  readonly version: string;
};

/** The development dollar's domain. */
export const devDollarDomain = (chainId: number, token: Hex): TokenDomain => ({
  chainId,
  token,
  name: 'Surety development dollar',
  version: '1',
});

/** `receive` can be submitted by the payee alone (a contract that acts on it), `transfer` by anybody. */
export type AuthorizationKind = 'receive' | 'transfer';

export type Authorization = {
  readonly kind: AuthorizationKind;
  readonly from: Hex;
  readonly to: Hex;
  readonly valueMicroUsd: bigint;
  /** Unix seconds; valid strictly between the two. */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  /** 32 bytes, never used before by `from`. Derive it from what is being done and a resend is harmless. */
  readonly nonce: Hex;
  readonly signature: Hex;
};

const FIELDS = [
  { name: 'from', type: 'address' },
  { name: 'to', type: 'address' },
  { name: 'value', type: 'uint256' },
  { name: 'validAfter', type: 'uint256' },
  { name: 'validBefore', type: 'uint256' },
  { name: 'nonce', type: 'bytes32' },
] as const;

const PERMIT = [
  { name: 'owner', type: 'address' },
  { name: 'spender', type: 'address' },
  { name: 'value', type: 'uint256' },
  { name: 'nonce', type: 'uint256' },
  { name: 'deadline', type: 'uint256' },
] as const;

const domainOf = ({ chainId, token, name, version }: TokenDomain): TypedDataDomain => ({
  name,
  version,
  chainId,
  verifyingContract: token,
});

/** Signs an EIP-3009 authorisation. */
export const signAuthorization = async (
  account: PrivateKeyAccount,
  domain: TokenDomain,
  fields: Omit<Authorization, 'signature' | 'from'>,
): Promise<Authorization> => {
  const { kind, valueMicroUsd, ...rest } = fields;
  const message = { from: account.address, value: valueMicroUsd, ...rest };
  const signature =
    kind === 'receive'
      ? await account.signTypedData({
          domain: domainOf(domain),
          types: { ReceiveWithAuthorization: FIELDS },
          primaryType: 'ReceiveWithAuthorization',
          message,
        })
      : await account.signTypedData({
          domain: domainOf(domain),
          types: { TransferWithAuthorization: FIELDS },
          primaryType: 'TransferWithAuthorization',
          message,
        });
  return { ...fields, from: account.address, signature };
};

/** An EIP-2612 permit: `spender` may take up to `valueMicroUsd` until `deadline`. */
export type Permit = {
  readonly owner: Hex;
  readonly spender: Hex;
  readonly valueMicroUsd: bigint;
  /** The owner's current permit nonce, from the token. */
  readonly nonce: bigint;
  /** Unix seconds. */
  readonly deadline: bigint;
  readonly signature: Hex;
};

/** Signs an EIP-2612 permit. */
export const signPermit = async (
  account: PrivateKeyAccount,
  domain: TokenDomain,
  fields: Omit<Permit, 'signature' | 'owner'>,
): Promise<Permit> => {
  const { spender, valueMicroUsd, nonce, deadline } = fields;
  const signature = await account.signTypedData({
    domain: domainOf(domain),
    types: { Permit: PERMIT },
    primaryType: 'Permit',
    message: { owner: account.address, spender, value: valueMicroUsd, nonce, deadline },
  });
  return { ...fields, owner: account.address, signature };
};

/** v, r, s of a 65-byte signature. */
export const splitSignature = (signature: Hex): { readonly v: number; readonly r: Hex; readonly s: Hex } => {
  const { r, s, v, yParity } = parseSignature(signature);
  return { r, s, v: v === undefined ? 27 + yParity : Number(v) };
};
