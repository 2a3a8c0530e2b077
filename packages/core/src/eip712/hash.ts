/**
 * Hashing of typed structured data, EIP-712 (https://eips.ethereum.org/EIPS/eip-712). Atomic types, `string`, `bytes`,
 * arrays and nested structs. Types and values come from Surety's own code, so a mismatch is a bug and throws.
 */
import { addressBytes } from '../address.ts';
import { concatBytes, from0x, utf8 } from '../bytes.ts';
import { SuretyError, show, unwrap } from '../errors.ts';
import { keccak256 } from '../hash.ts';

export type TypedField = { readonly name: string; readonly type: string };
export type TypedTypes = { readonly [struct: string]: readonly TypedField[] };
export type TypedValue =
  | string
  | bigint
  | number
  | boolean
  | readonly TypedValue[]
  | { readonly [name: string]: TypedValue };
export type TypedStruct = { readonly [name: string]: TypedValue };

const bug = (type: string, value: unknown): never => {
  throw new SuretyError({
    code: 'input.malformed',
    message: `A value does not fit the EIP-712 type ${type}.`,
    next: "Fix the caller: types and values are Surety's own.",
    field: type,
    value: show(value),
  });
};

const word = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(32);
  let rest = BigInt.asUintN(256, value);
  for (let i = 31; rest > 0n; i--) {
    bytes[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return bytes;
};

const base = (type: string): string => type.replace(/(?:\[[0-9]*\])+$/, '');

/** `Mail(Person from,Person to,string contents)Person(string name,address wallet)`: the struct, then what it uses, sorted. */
export const encodeType = (struct: string, types: TypedTypes): string => {
  const used = new Set<string>();
  const visit = (name: string): void => {
    for (const field of types[name] ?? bug(name, '')) {
      const inner = base(field.type);
      if (types[inner] !== undefined && inner !== struct && !used.has(inner)) {
        used.add(inner);
        visit(inner);
      }
    }
  };
  visit(struct);
  const print = (name: string): string => `${name}(${types[name]!.map((f) => `${f.type} ${f.name}`).join(',')})`;
  return [struct, ...[...used].sort()].map(print).join('');
};

const encodeInteger = (type: string, value: TypedValue): Uint8Array => {
  const match = /^(u?)int([0-9]+)$/.exec(type);
  if (match === null || (typeof value !== 'bigint' && typeof value !== 'number')) return bug(type, value);
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return bug(type, value);
  const bits = Number(match[2]);
  const number = BigInt(value);
  const fits = match[1] === 'u' ? BigInt.asUintN(bits, number) : BigInt.asIntN(bits, number);
  return fits === number ? word(number) : bug(type, value);
};

const encodeText = (type: string, value: string): Uint8Array => {
  if (type === 'string') return keccak256(utf8(value));
  if (type === 'bytes') return keccak256(unwrap(from0x(value)));
  if (type === 'address') return concatBytes(new Uint8Array(12), unwrap(addressBytes(value)));
  const size = Number(/^bytes([0-9]+)$/.exec(type)?.[1] ?? bug(type, value));
  return concatBytes(unwrap(from0x(value, { bytes: size })), new Uint8Array(32 - size));
};

const encodeField = (type: string, value: TypedValue, types: TypedTypes): Uint8Array => {
  const array = /^(.*)\[([0-9]*)\]$/.exec(type);
  if (array !== null) {
    if (!Array.isArray(value) || (array[2] !== '' && value.length !== Number(array[2]))) return bug(type, value);
    return keccak256(concatBytes(...value.map((item) => encodeField(array[1]!, item, types))));
  }
  if (types[type] !== undefined) {
    return typeof value === 'object' && !Array.isArray(value)
      ? hashStruct(type, types, value as TypedStruct)
      : bug(type, value);
  }
  if (type === 'bool') return typeof value === 'boolean' ? word(value ? 1n : 0n) : bug(type, value);
  return typeof value === 'string' ? encodeText(type, value) : encodeInteger(type, value);
};

/** `hashStruct(s) = keccak256(typeHash ‖ encodeData(s))`. */
export const hashStruct = (struct: string, types: TypedTypes, value: TypedStruct): Uint8Array => {
  const fields = types[struct] ?? bug(struct, value);
  const parts = fields.map(({ name, type }) =>
    encodeField(type, value[name] ?? bug(`${struct}.${name}`, value), types),
  );
  return keccak256(concatBytes(keccak256(utf8(encodeType(struct, types))), ...parts));
};

export type TypedDomain = {
  readonly name: string;
  readonly version: string;
  readonly chainId: number;
  /** EIP-55. */
  readonly verifyingContract: string;
};

const DOMAIN_TYPE: TypedTypes = {
  EIP712Domain: [
    { name: 'name', type: 'string' },
    { name: 'version', type: 'string' },
    { name: 'chainId', type: 'uint256' },
    { name: 'verifyingContract', type: 'address' },
  ],
};

/** The domain separator of a domain with all of name, version, chainId and verifyingContract. */
export const domainSeparator = (domain: TypedDomain): Uint8Array => hashStruct('EIP712Domain', DOMAIN_TYPE, domain);

/** What is signed: `keccak256(0x1901 ‖ domainSeparator ‖ hashStruct(message))`. */
export const typedDataDigest = (
  domain: TypedDomain,
  struct: string,
  types: TypedTypes,
  value: TypedStruct,
): Uint8Array =>
  keccak256(concatBytes(new Uint8Array([0x19, 0x01]), domainSeparator(domain), hashStruct(struct, types, value)));
