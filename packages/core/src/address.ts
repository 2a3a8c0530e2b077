/** Ethereum addresses in the one form Surety stores: 0x-hex with the EIP-55 checksum in its letters' case. */
import { from0x, toHex, utf8 } from './bytes.ts';
import { ok, type Result, refuse, show } from './errors.ts';
import { keccak256 } from './hash.ts';

const FORM = /^0x[0-9a-fA-F]{40}$/;

export const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000';

const checksum = (lower: string): string => {
  const hash = toHex(keccak256(utf8(lower)));
  const cased = [...lower].map((c, i) => (Number.parseInt(hash[i]!, 16) >= 8 ? c.toUpperCase() : c));
  return `0x${cased.join('')}`;
};

/** The EIP-55 text of 20 bytes. */
export const addressOfBytes = (bytes: Uint8Array): string => checksum(toHex(bytes));

/** The address of an uncompressed secp256k1 public key: the last 20 bytes of its keccak-256. */
export const addressOfPublicKey = (uncompressed: Uint8Array): string =>
  addressOfBytes(keccak256(uncompressed.subarray(1)).subarray(12));

/**
 * An address in EIP-55 form. Mixed case must carry a right checksum; all lower or all upper case carries none.
 * @param options.lenient accept one-case text and add the checksum (what people type); default is strict (what files hold)
 */
export const parseAddress = (
  text: string,
  options: { readonly field?: string; readonly lenient?: boolean } = {},
): Result<string> => {
  const field = options.field ?? 'address';
  const problem = { field, value: show(text), limit: '0x and 40 hex digits' };
  if (!FORM.test(text)) {
    const message = `${field} is not an Ethereum address.`;
    return refuse({ code: 'input.malformed', message, next: 'Send 0x and 40 hex digits.', ...problem });
  }
  const digits = text.slice(2);
  const right = checksum(digits.toLowerCase());
  const oneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  if (right === text || (oneCase && options.lenient === true)) return ok(right);
  const message = oneCase
    ? `${field} does not carry its EIP-55 checksum.`
    : `${field} has a wrong EIP-55 checksum: a digit may be mistyped.`;
  const next = oneCase ? `Write it as ${right}.` : 'Copy the address again from its source.';
  return refuse({ code: 'input.malformed', message, next, ...problem });
};

/** The 20 bytes of an address that is already in EIP-55 form. */
export const addressBytes = (address: string, field = 'address'): Result<Uint8Array> => {
  const parsed = parseAddress(address, { field });
  return parsed.ok ? from0x(parsed.value.toLowerCase(), { bytes: 20, field }) : parsed;
};
