/** Wallets: who owns money here. A wallet signs few things, all EIP-712; session keys sign the rest. */
import {
  addressOfSecretKey,
  fromHex,
  type SigningDomain,
  signTyped,
  suretyDomain,
  TYPED_TYPES,
  type TypedMessages,
  unwrap,
} from '@surety/core';
import { randomHex } from './transport.ts';

export type Wallet = {
  /** EIP-55. */
  readonly address: string;
  /** 65 bytes r ‖ s ‖ v as 0x-hex. */
  readonly signTyped: <K extends keyof TypedMessages>(
    kind: K,
    message: TypedMessages[K],
    domain: SigningDomain,
  ) => Promise<string>;
};

/** A wallet whose key this program holds; `secretKey` is 64 hex digits, to be kept secret. */
export type LocalWallet = Wallet & { readonly secretKey: string };

/**
 * The wallet of a secp256k1 secret key.
 * @param secretKey 32 bytes as 64 lower-case hex digits
 * @throws {SuretyError} `input.malformed` when it is not
 */
export const loadWallet = (secretKey: string): LocalWallet => {
  const bytes = unwrap(fromHex(secretKey, { bytes: 32, field: 'secretKey' }));
  return {
    address: addressOfSecretKey(bytes),
    secretKey,
    signTyped: async (kind, message, domain) => signTyped(kind, message, { domain, secretKey: bytes }),
  };
};

/** A new wallet with a random key. */
export const createWallet = (): LocalWallet => loadWallet(randomHex(32));

/** What a browser wallet offers (EIP-1193). */
export type Eip1193 = {
  readonly request: (call: { readonly method: string; readonly params?: readonly unknown[] }) => Promise<unknown>;
};

const DOMAIN_FIELDS = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];

/** A wallet that lives in a browser extension: its owner confirms each signature there. */
export const connectWallet = async (provider: Eip1193): Promise<Wallet> => {
  const [address] = (await provider.request({ method: 'eth_requestAccounts' })) as readonly string[];
  return {
    address: address!,
    signTyped: async (kind, message, domain) => {
      const data = {
        domain: suretyDomain(domain),
        primaryType: kind,
        types: { EIP712Domain: DOMAIN_FIELDS, [kind]: TYPED_TYPES[kind] },
        message,
      };
      const json = JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
      return String(await provider.request({ method: 'eth_signTypedData_v4', params: [address, json] }));
    },
  };
};
