/** The well-known analyst: is this a site that millions use, or a genuine site of a brand we know? */

import type { Subject } from '@surety/core';
import { abstain, type Reading } from '../analyst.ts';
import { ownerOf } from '../brands/brand.ts';
import { CRYPTO_BRANDS } from '../brands/crypto-brands.ts';
import { WEB_BRANDS } from '../brands/web-brands.ts';
import { hostParts } from '../host.ts';
import { nameAnalyst } from '../name-analyst.ts';
import { POPULAR_DOMAINS } from './popular-domains.ts';

const fieldOf = new Map<string, string>();
for (const line of POPULAR_DOMAINS.split('\n')) {
  const [field, domains] = line.split(': ');
  if (field === undefined || domains === undefined) continue;
  for (const domain of domains.split(' ')) fieldOf.set(domain, field);
}

/** Probability that a page on a long-lived, much-used site is the site of a scam; measured 0 of 2,600, stated with room. */
const POPULAR_PPM = 10_000;
const BRAND_PPM = 8_000;

const DID_NOT_SEE = [
  'the page',
  'whether the site is compromised today',
  'sites that are honest and little known',
] as const;

const popularField = (host: string): { readonly domain: string; readonly field: string } | null => {
  const labels = host.split('.');
  for (let i = 0; i < labels.length - 1 && i < 12; i++) {
    const domain = labels.slice(i).join('.');
    const field = fieldOf.get(domain);
    if (field !== undefined) return { domain, field };
  }
  return null;
};

const readSite = (host: string, program: string): Reading => {
  const parts = hostParts(host);
  const brand = ownerOf(parts);
  const popular = brand === null ? popularField(parts.host) : null;
  const saw = [`the host name ${parts.host}`];
  if (brand !== null) {
    return {
      probabilityPpm: BRAND_PPM,
      saw,
      didNotSee: DID_NOT_SEE,
      reasons: [
        {
          text: `${parts.host} belongs to ${brand.name}: it is, or lies below, a domain ${brand.name} publishes from.`,
        },
      ],
      facts: { host: parts.host, brand: brand.name, known: true },
      program,
    };
  }
  if (popular !== null) {
    return {
      probabilityPpm: POPULAR_PPM,
      saw,
      didNotSee: DID_NOT_SEE,
      reasons: [{ text: `${popular.domain} is a widely used site (${popular.field}).` }],
      facts: { host: parts.host, domain: popular.domain, field: popular.field, known: true },
      program,
    };
  }
  return abstain(program, `${parts.registrable} is not among the widely used sites it knows.`, DID_NOT_SEE, {
    host: parts.host,
    known: false,
  });
};

/** Knows genuine sites; silent on everything else. */
export const popularAnalyst = nameAnalyst({
  id: 'known-sites',
  view: 'Knows the genuine sites of brands and what very many people use; silent on the rest.',
  family: 'table:popular+brands',
  trainedOn: ['surety/popular-domains', 'surety/brands'],
  reads: ['site'],
  codeVersion: 1,
  artefact: () => POPULAR_DOMAINS + CRYPTO_BRANDS + WEB_BRANDS,
  readSubject: (subject: Subject, program) =>
    subject.kind === 'site' ? readSite(subject.host, program) : abstain(program, 'Not a site.', DID_NOT_SEE),
});
