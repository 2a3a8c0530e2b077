/** Chains of X.509 certificates up to a pinned root: which issuer may vouch for which certificate. */
import { type Certificate, faultOf, isIssuedBy, issuerFaultOf, readCertificate } from './certificate.ts';

/** A root that the verifier pins; `certificate` is DER. */
export type Root = { readonly name: string; readonly certificate: Uint8Array };

/** Why no chain holds. `index` counts in the given certificates or roots, and of an issuer its place in the chain. */
export type PathFault =
  | {
      readonly kind: 'unreadable';
      readonly of: 'certificates' | 'roots';
      readonly index: number;
      readonly words: string;
    }
  | { readonly kind: 'refused'; readonly index: number; readonly words: string }
  | { readonly kind: 'untrusted' };

export type Path = {
  /** Name of the pinned root. */
  readonly root: string;
  /** The last certificate first, then each one's issuer, up to and with the root. */
  readonly certificates: readonly [Certificate, ...Certificate[]];
};

export type PathResult =
  | { readonly ok: true; readonly value: Path }
  | { readonly ok: false; readonly fault: PathFault };

/** Signature checks of one search: many equal names could otherwise make it long. */
const MAX_CHECKS = 64;

type Search = {
  readonly roots: readonly { readonly name: string; readonly parsed: Certificate }[];
  readonly others: readonly Certificate[];
  readonly atSeconds: number;
  checks: number;
  /** The first issuer that signed but may not have, which explains a failure better than "nobody vouches". */
  fault: PathFault | null;
};

/** The path to a pinned root, or `null`. */
const climb = (path: readonly [Certificate, ...Certificate[]], search: Search): Path | null => {
  const last = path.at(-1)!;
  const candidates = [
    ...search.roots.map(({ name, parsed }) => ({ root: name as string | null, issuer: parsed })),
    ...search.others.filter((other) => !path.includes(other)).map((issuer) => ({ root: null, issuer })),
  ];
  for (const { root, issuer } of candidates) {
    if (!issuer.subject.equals(last.issuer) || ++search.checks > MAX_CHECKS) continue;
    const issued = isIssuedBy(last, issuer);
    if (!issued.ok || !issued.value) continue;
    const words = faultOf(issuer, search.atSeconds) ?? issuerFaultOf(issuer, path);
    if (words !== null) {
      search.fault ??= { kind: 'refused', index: path.length, words };
      continue;
    }
    const found =
      root === null ? climb([...path, issuer], search) : ({ root, certificates: [...path, issuer] } as const);
    if (found !== null) return found;
  }
  return null;
};

/** Every certificate of a list, or the first that cannot be read. */
const readAll = (
  ders: readonly Uint8Array[],
  of: 'certificates' | 'roots',
): readonly Certificate[] | Extract<PathFault, { kind: 'unreadable' }> => {
  const read: Certificate[] = [];
  for (const [index, der] of ders.entries()) {
    const one = readCertificate(der);
    if (!one.ok) return { kind: 'unreadable', of, index, words: one.words };
    read.push(one.value);
  }
  return read;
};

/**
 * The chain by which a pinned root vouches for a certificate at a time.
 * @param certificates DER, the one in question first, the others in any order
 * @param options.atSeconds Unix seconds at which every certificate of the chain must be valid
 * @param options.lastFaultOf what keeps the certificate in question from its use, in words
 */
export const verifyPath = (
  certificates: readonly Uint8Array[],
  options: {
    readonly roots: readonly Root[];
    readonly atSeconds: number;
    readonly lastFaultOf: (certificate: Certificate) => string | null;
  },
): PathResult => {
  const parsed = readAll(certificates, 'certificates');
  if ('kind' in parsed) return { ok: false, fault: parsed };
  const roots = readAll(
    options.roots.map(({ certificate }) => certificate),
    'roots',
  );
  if ('kind' in roots) return { ok: false, fault: roots };
  const [last, ...others] = parsed;
  if (last === undefined) return { ok: false, fault: { kind: 'untrusted' } };
  const words = faultOf(last, options.atSeconds) ?? options.lastFaultOf(last);
  if (words !== null) return { ok: false, fault: { kind: 'refused', index: 0, words } };
  const named = roots.map((root, i) => ({ name: options.roots[i]!.name, parsed: root }));
  const search: Search = { roots: named, others, atSeconds: options.atSeconds, checks: 0, fault: null };
  const path = climb([last], search);
  return path === null ? { ok: false, fault: search.fault ?? { kind: 'untrusted' } } : { ok: true, value: path };
};
