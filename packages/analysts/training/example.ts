/** One labelled host of a training set. */

import { type HostParts, hostParts } from '../src/host.ts';
import { hashText } from '../src/model/hash.ts';

export type Example = {
  readonly parts: HostParts;
  readonly scam: boolean;
  /** How much it counts. */
  readonly weight: number;
  /** Cross-fitting fold: all hosts of a registered domain share it. */
  readonly fold: number;
};

/** Number of cross-fitting folds. */
export const FOLDS = 4;

/** A stable number of 16 bits from a registered domain, for splits that never separate siblings. */
export const bucket = (registrable: string, purpose: string): number => hashText(`${purpose}:${registrable}`, 0, 16);

export const example = (host: string, scam: boolean, weight = 1): Example => {
  const parts = hostParts(host);
  return { parts, scam, weight, fold: bucket(parts.registrable, 'fold') % FOLDS };
};

/** The first host of each registered domain, in the given order. */
export const onePerDomain = (hosts: Iterable<string>): string[] => {
  const seen = new Set<string>();
  const out: string[] = [];
  for (const host of hosts) {
    const { registrable, label, isIp } = hostParts(host);
    if (label === '' && !isIp) continue;
    if (seen.has(registrable)) continue;
    seen.add(registrable);
    out.push(host);
  }
  return out;
};
