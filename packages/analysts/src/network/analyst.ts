/**
 * The network analyst: does the name resolve, what does its certificate say, how old is it, and what does the
 * page ask for. Its probabilities are set by hand from published studies of draining sites, not measured on
 * our own data, and every reading says so.
 */

import { fromUtf8, type Subject, sha256Hex, utf8 } from '@surety/core';
import {
  type Analyst,
  abstain,
  clampPpm,
  type Facts,
  type ReadContext,
  type Reading,
  type Reason,
} from '../analyst.ts';
import { hostParts } from '../host.ts';
import { type Age, certificateAge, rdapAge } from './ages.ts';
import { DEFAULT_LIMITS, type Fetched, guardedFetch, type NotFetched } from './http.ts';
import { type PageReading, readPage } from './page-signals.ts';

const CODE_VERSION = 1;
const PROGRAM = `surety/network@${sha256Hex(utf8(`network\n${CODE_VERSION}`))}`;

/** Sum of points to probability; set by hand. Index 0 is four points or more towards "honest". */
const POINTS_PPM = [
  60_000, 90_000, 140_000, 220_000, 350_000, 480_000, 600_000, 700_000, 790_000, 860_000, 910_000, 940_000, 960_000,
] as const;
const LOWEST_POINTS = -4;

const NOT_SEEN = ['what its scripts do when run', 'pages behind a login or shown only to some visitors'];

type Signal = { readonly points: number; readonly text: string };

const ageSignals = (what: string, age: Age): Signal[] => {
  if ('unknown' in age) return [];
  const text = `${what} ${age.days} days ago (${age.since}).`;
  if (age.days < 30) return [{ points: 3, text }];
  if (age.days < 180) return [{ points: 1, text }];
  return [{ points: age.days > 5 * 365 ? -3 : age.days > 730 ? -2 : 0, text }];
};

const certificateSignals = (page: Fetched, nowSeconds: number): Signal[] => {
  const certificate = page.certificate;
  if (certificate === null) return [{ points: 1, text: 'It is served without encryption.' }];
  if (certificate.error !== null)
    return [{ points: 2, text: `Its certificate is not to be trusted (${certificate.error}).` }];
  const days = Math.floor((nowSeconds - Date.parse(certificate.validFrom) / 1000) / 86_400);
  return [{ points: 0, text: `Its certificate by ${certificate.issuer} is ${days} days old.` }];
};

const pageSignals = (page: PageReading): Signal[] => page.signals.map((s) => ({ points: s.points, text: s.says }));

const factsOf = (
  host: string,
  page: Fetched | NotFetched,
  read: PageReading | null,
  ages: readonly [Age, Age],
): Facts => {
  const days = (age: Age): number | null => ('unknown' in age ? null : age.days);
  const base = { host, registeredDays: days(ages[0]), firstCertificateDays: days(ages[1]) };
  if (page.kind === 'not-fetched') return { ...base, fetched: false, why: page.why };
  return {
    ...base,
    fetched: true,
    status: page.status,
    address: page.address,
    redirects: page.redirects.length,
    certificateError: page.certificate?.error ?? null,
    bodySha256: sha256Hex(page.body),
    title: read?.title ?? '',
    signals: (read?.signals ?? []).map((s) => s.id).join(' '),
  };
};

const unknownAges = (ages: readonly [Age, Age]): string[] =>
  ages.flatMap((age, i) =>
    'unknown' in age ? [`${i === 0 ? 'its registration date' : 'its first certificate'} (${age.unknown})`] : [],
  );

const textOf = (body: Uint8Array): string => {
  const text = fromUtf8(body);
  return text.ok ? text.value : new TextDecoder('latin1').decode(body);
};

const readSite = async (subject: Extract<Subject, { kind: 'site' }>, context: ReadContext): Promise<Reading> => {
  const network = context.network;
  if (network === undefined) return abstain(PROGRAM, 'The network is switched off.', ['the page', 'the network']);
  const parts = hostParts(subject.host);
  const limits = { ...DEFAULT_LIMITS, timeoutMs: context.timeoutMs ?? DEFAULT_LIMITS.timeoutMs };
  const url = subject.url ?? `https://${subject.host}/`;
  const [page, registered, certified] = await Promise.all([
    guardedFetch(network, url, limits),
    rdapAge(network, parts.registrable, context.nowSeconds, limits),
    certificateAge(network, parts.registrable, context.nowSeconds, limits),
  ]);
  const ages = [registered, certified] as const;
  const read = page.kind === 'fetched' ? readPage(textOf(page.body), new URL(page.url).hostname) : null;
  const facts = factsOf(parts.host, page, read, ages);
  const ageBased = parts.sharedHosting
    ? []
    : [...ageSignals('It was registered', registered), ...ageSignals('Its first certificate was logged', certified)];
  const didNotSee = [...NOT_SEEN, ...unknownAges(ages), ...(page.kind === 'fetched' ? [] : ['the page', page.detail])];
  if (page.kind === 'not-fetched' && ageBased.length === 0) return abstain(PROGRAM, page.detail, didNotSee, facts);
  const signals = [
    ...ageBased,
    ...(page.kind === 'fetched' ? certificateSignals(page, context.nowSeconds) : []),
    ...(read === null ? [] : pageSignals(read)),
  ];
  const points = signals.reduce((sum, signal) => sum + signal.points, 0);
  const at = Math.min(POINTS_PPM.length - 1, Math.max(0, points - LOWEST_POINTS));
  const reasons: Reason[] = signals.map((signal) => ({ text: signal.text, weightPpm: signal.points * 100_000 }));
  reasons.push({ text: 'What these signs weigh is an assumption set by hand, not a measurement.' });
  const saw =
    page.kind === 'fetched'
      ? [`${page.url} (status ${page.status}, ${page.body.length} bytes${page.cut ? ', cut there' : ''})`]
      : [];
  return {
    probabilityPpm: clampPpm(POINTS_PPM[at]!),
    saw: [...saw, 'public records of its age'],
    didNotSee,
    reasons,
    facts: { ...facts, points },
    program: PROGRAM,
  };
};

/** Looks at the site itself. Needs `context.network`. */
export const networkAnalyst: Analyst = {
  id: 'network',
  view: 'Resolves the name, reads certificate, age records and the page itself, behind a guard.',
  family: 'rules:network',
  needs: ['network'],
  trainedOn: ['surety/brands'],
  reads: ['site'],
  read: async (subject, context) =>
    subject.kind === 'site' ? readSite(subject, context) : abstain(PROGRAM, 'Not a site.', ['the subject']),
};
