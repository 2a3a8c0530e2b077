/**
 * What the court's further families of site jurors learn from: scams that neither the players nor the first three jurors
 * were trained on, a part for each family. For calibration, scams that were listed later, and the legitimate side, the jurors'
 * share, are what all families have in common.
 */

import { hostParts } from '../src/host.ts';
import { KNOWN_SITES } from '../src/jurors/known-sites.ts';
import { bucket, type Example, example, onePerDomain } from './example.ts';
import { assemble, domainsOf, JUROR_KNOWN_SHARE, withApp, without } from './sets.ts';
import { legitimateSide } from './sources.ts';
import { ordinary } from './synthetic.ts';

export type CourtSet = {
  readonly training: readonly Example[];
  /** Scams first listed after everything in `training`, for calibration alone. */
  readonly later: readonly Example[];
};

export type CourtSources = {
  /** Hosts that somebody else was trained on: nothing under their registered domains is used. */
  readonly taken: readonly string[];
  readonly scams: readonly string[];
  readonly later: readonly string[];
  readonly legitimate: readonly string[];
};

/** The sets of `count` families. Names on which site jurors keep silent are left out. */
export const courtSets = ({ taken, scams, later, legitimate }: CourtSources, count: number): CourtSet[] => {
  const readable = (hosts: readonly string[]): string[] =>
    onePerDomain(hosts).filter((host) => {
      const { sharedHosting, isIp, isIdn } = hostParts(host);
      return !sharedHosting && !isIp && !isIdn;
    });
  const banned = domainsOf([...taken, ...legitimate, ...KNOWN_SITES]);
  const own = without(readable(scams), banned);
  const calibration = without(without(readable(later), banned), domainsOf(own)).map((host) => example(host, true));
  const fair = legitimate.filter((host) => legitimateSide(host) === 'jurors');
  return Array.from({ length: count }, (_, n) => {
    const part = (hosts: readonly string[]): string[] =>
      hosts.filter((host) => bucket(hostParts(host).registrable, 'court-juror') % count === n);
    const known = [...KNOWN_SITES, ...KNOWN_SITES.flatMap(withApp)];
    return {
      training: assemble(part(own), [], fair, known, ordinary(2000, 20 + n), JUROR_KNOWN_SHARE),
      later: calibration,
    };
  });
};
