/**
 * `court-attacks`: what attacks on the court cost and how often they succeed, each played through the real game of `packages/court`:
 * capture by stake, p + ε bribes, many accounts and copies, appeals without end, stalling, votes sold with a receipt, and advice.
 */
import { bribes } from './court-attacks/bribe.ts';
import { captures } from './court-attacks/capture.ts';
import { delays } from './court-attacks/delays.ts';
import { identities } from './court-attacks/identities.ts';
import { places } from './court-attacks/places.ts';
import { sales } from './court-attacks/sales.ts';
import type { Figure } from './figure.ts';

export const run = async (): Promise<readonly Figure[]> => [
  ...captures(),
  ...bribes(),
  ...identities(),
  ...delays(),
  ...sales(),
  ...places(),
];
