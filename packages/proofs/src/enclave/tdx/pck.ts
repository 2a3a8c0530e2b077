/**
 * What Intel says of a platform in its certificate (PCK): extension 1.2.840.113741.1.13.1, Intel SGX PCK Certificate and
 * Certificate Revocation List Profile Specification, section 1.3.5.
 */
import type { Certificate } from '@surety/programs/certificates';
import { foreign, malformed } from '../problem.ts';

const SGX = '1.2.840.113741.1.13.1';
const FIELD = 'pckChain.0';

export type Platform = {
  /** Family and model, 6 bytes in lower-case hex: what security versions are comparable within. */
  readonly fmspc: string;
  readonly pceId: string;
  /** Security versions of the 16 components. */
  readonly components: readonly number[];
  readonly pceSvn: number;
};

type Node = NonNullable<ReturnType<Certificate['extension']>>['valueObj'];

/** Pairs of an object identifier and a value, each identifier once. */
const pairsOf = (node: Node | undefined): ReadonlyMap<string, Node> => {
  const pairs = new Map<string, Node>();
  for (const pair of node?.subs ?? []) {
    const [name, value] = pair.subs;
    if (name === undefined || value === undefined || pair.subs.length !== 2)
      return malformed(FIELD, 'has odd SGX data');
    const oid = name.toOID();
    if (pairs.has(oid)) malformed(FIELD, `says ${oid} twice`);
    pairs.set(oid, value);
  }
  return pairs;
};

const hexOf = (node: Node | undefined, bytes: number, what: string): string => {
  if (node === undefined || !node.tag.isOctetString() || node.value.length !== bytes) {
    return malformed(FIELD, `does not state its ${what}`);
  }
  return node.value.toString('hex');
};

const versionOf = (node: Node | undefined, max: number, what: string): number => {
  const value = node?.toInteger();
  if (value === undefined || value < 0n || value > BigInt(max)) return malformed(FIELD, `does not state its ${what}`);
  return Number(value);
};

/** Fails the reader that it is called in where the certificate does not say all of this. */
export const platformOf = (certificate: Certificate): Platform =>
  foreign(FIELD, () => {
    const fields = pairsOf(certificate.extension(SGX)?.valueObj.subs[0]);
    const tcb = pairsOf(fields.get(`${SGX}.2`));
    const component = (i: number): number => versionOf(tcb.get(`${SGX}.2.${i + 1}`), 255, `component ${i + 1}`);
    return {
      fmspc: hexOf(fields.get(`${SGX}.4`), 6, 'FMSPC'),
      pceId: hexOf(fields.get(`${SGX}.3`), 2, 'PCE id'),
      components: Array.from({ length: 16 }, (_, i) => component(i)),
      pceSvn: versionOf(tcb.get(`${SGX}.2.17`), 65_535, 'PCE version'),
    };
  });
