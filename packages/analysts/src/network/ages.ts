/** How old a domain is, by the two public records that say so: registration (RDAP) and certificates (CT). */

import { fromUtf8 } from '@surety/core';
import type { NetworkContext } from './context.ts';
import { type FetchLimits, guardedFetch } from './http.ts';

export type Age = { readonly days: number; readonly since: string } | { readonly unknown: string };

const DAY_SECONDS = 86_400;

const since = (date: string, nowSeconds: number): Age => {
  const seconds = Math.floor(Date.parse(date) / 1000);
  if (!Number.isSafeInteger(seconds)) return { unknown: 'The record holds no readable date.' };
  return {
    days: Math.max(0, Math.floor((nowSeconds - seconds) / DAY_SECONDS)),
    since: new Date(seconds * 1000).toISOString().slice(0, 10),
  };
};

const json = async (context: NetworkContext, url: string, limits: FetchLimits): Promise<unknown> => {
  const answer = await guardedFetch(context, url, limits);
  if (answer.kind !== 'fetched' || answer.status !== 200 || answer.cut) return null;
  const text = fromUtf8(answer.body);
  try {
    return text.ok ? JSON.parse(text.value) : null;
  } catch {
    return null;
  }
};

/** Registration date from RDAP (RFC 9083, section 4.5). */
export const rdapAge = async (
  context: NetworkContext,
  domain: string,
  nowSeconds: number,
  limits: FetchLimits,
): Promise<Age> => {
  if (context.rdapUrl === null) return { unknown: 'No RDAP service is configured.' };
  const record = await json(context, context.rdapUrl + encodeURIComponent(domain), limits);
  const events = (record as { events?: unknown } | null)?.events;
  if (!Array.isArray(events)) return { unknown: 'RDAP gave no record.' };
  const registration = (events as { eventAction?: unknown; eventDate?: unknown }[]).find(
    (e) => e?.eventAction === 'registration',
  );
  return typeof registration?.eventDate === 'string'
    ? since(registration.eventDate, nowSeconds)
    : { unknown: 'The record names no registration.' };
};

/** Start of the oldest certificate that a transparency search knows. */
export const certificateAge = async (
  context: NetworkContext,
  domain: string,
  nowSeconds: number,
  limits: FetchLimits,
): Promise<Age> => {
  if (context.ctUrl === null) return { unknown: 'No certificate search is configured.' };
  const entries = await json(context, context.ctUrl + encodeURIComponent(domain), {
    ...limits,
    maxBytes: 4 * 1024 * 1024,
  });
  if (!Array.isArray(entries)) return { unknown: 'The certificate search gave no answer.' };
  const starts = (entries as { not_before?: unknown }[])
    .map((e) => e?.not_before)
    .filter((d): d is string => typeof d === 'string')
    .sort();
  return starts[0] === undefined
    ? { unknown: 'No certificate was ever logged.' }
    : since(`${starts[0].slice(0, 19)}Z`, nowSeconds);
};
