/** Which hosts train which model. No host, and no registered domain, is on both the players' and the jurors' side. */

import { BRANDS } from '../src/brands/brand.ts';
import { hostParts } from '../src/host.ts';
import { KNOWN_SITES } from '../src/jurors/known-sites.ts';
import { POPULAR_DOMAINS } from '../src/popular/popular-domains.ts';
import { bucket, type Example, example, onePerDomain } from './example.ts';
import { legitimateSide, playersOrJurors } from './sources.ts';
import { imitations, ordinary } from './synthetic.ts';

/** Scams weigh this much in all, relative to the legitimate side; it moves the threshold, not the order. */
const SCAM_TO_LEGITIMATE = 3;

/** Shares of the legitimate weight that made-up and well-known names get. */
const ORDINARY_SHARE = 0.18;
const KNOWN_SHARE = 0.1;
/** The jurors lack the brand table, so what they know of genuine sites must come from these names. */
export const JUROR_KNOWN_SHARE = 0.35;
/** Share of the scam weight that made-up imitations get. */
const IMITATION_SHARE = 0.2;

const spread = (hosts: readonly string[], scam: boolean, total: number): Example[] =>
  hosts.map((host) => example(host, scam, total / hosts.length));

/** Weighs the parts so that a real scam host counts 1. */
export const assemble = (
  scams: readonly string[],
  madeUpScams: readonly string[],
  legitimate: readonly string[],
  known: readonly string[],
  ordinaryNames: readonly string[],
  knownShare: number,
): Example[] => {
  const scamWeight = scams.length;
  const legitimateWeight = scamWeight / SCAM_TO_LEGITIMATE;
  return [
    ...spread(scams, true, scamWeight),
    ...spread(madeUpScams, true, scamWeight * IMITATION_SHARE),
    ...spread(legitimate, false, legitimateWeight),
    ...spread(known, false, legitimateWeight * knownShare),
    ...spread(ordinaryNames, false, legitimateWeight * ORDINARY_SHARE),
  ];
};

const popular = (): string[] => POPULAR_DOMAINS.split('\n').flatMap((line) => line.split(': ')[1]?.split(' ') ?? []);

/** A genuine domain as people meet it: bare, and as an application. */
export const withApp = (domain: string): string[] => [domain, `app.${domain}`, `docs.${domain}`];

export const without = (hosts: readonly string[], banned: ReadonlySet<string>): string[] =>
  hosts.filter((host) => !banned.has(hostParts(host).registrable));

/** Registered domains of hosts. */
export const domainsOf = (hosts: readonly string[]): Set<string> =>
  new Set(hosts.map((host) => hostParts(host).registrable));

/** `real` leaves out what was made up or looked up: measured rates must come from the world. */
export type PlayerSet = { readonly all: Example[]; readonly real: Example[] };

/** The players' training set; `projects` are other projects' hosts, left out where a list of scams or of legitimate hosts has them. */
export const playerSet = (
  phishing: readonly string[],
  older: readonly string[],
  legitimate: readonly string[],
  projects: readonly string[],
): PlayerSet => {
  const known = [...popular(), ...BRANDS.flatMap((brand) => brand.domains.flatMap(withApp))];
  const banned = domainsOf([...legitimate, ...known]);
  const ownShare = (hosts: readonly string[]): string[] =>
    onePerDomain(hosts.filter((host) => playersOrJurors(host) === 'players'));
  const scams = without(ownShare([...phishing, ...older]), banned);
  const listed = domainsOf([...phishing, ...older]);
  const fair = [
    ...legitimate.filter((host) => legitimateSide(host) === 'players'),
    ...without(without(ownShare(projects), banned), listed),
  ];
  const real = [...spread(scams, true, scams.length), ...spread(fair, false, scams.length)];
  return { all: assemble(scams, imitations(16_000, 1), fair, known, ordinary(4000, 2), KNOWN_SHARE), real };
};

/** The three jurors' training sets: scams in thirds, the legitimate side shared among the jurors. */
export const jurorSets = (
  phishing: readonly string[],
  legitimate: readonly string[],
): [Example[], Example[], Example[]] => {
  const fair = legitimate.filter((host) => legitimateSide(host) === 'jurors');
  const banned = domainsOf([...legitimate, ...KNOWN_SITES]);
  const scams = without(onePerDomain(phishing.filter((host) => playersOrJurors(host) === 'jurors')), banned);
  const third = (n: number): Example[] => {
    const own = scams.filter((host) => bucket(hostParts(host).registrable, 'juror') % 3 === n);
    return assemble(
      own,
      [],
      fair,
      [...KNOWN_SITES, ...KNOWN_SITES.flatMap(withApp)],
      ordinary(2000, 10 + n),
      JUROR_KNOWN_SHARE,
    );
  };
  return [third(0), third(1), third(2)];
};
