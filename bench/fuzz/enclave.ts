/**
 * Damaged attestations and collateral against their verifiers: only listed codes may come out, nothing may throw, and
 * what is accepted although nobody signed the change must say exactly what the undamaged one says. Some damage is done
 * before a development key signs, so that readers behind the signature see it too.
 */
import { ERRORS, type Json, type Result } from '../../packages/core/src/index.ts';
import { type TdxCollateral, verifyNitro, verifyTdx } from '../../packages/proofs/src/enclave/index.ts';
import { MADE_AT, NITRO_ROOT, TDX_ROOT } from '../../packages/proofs/test/development.ts';
import { nitroDocument } from '../../packages/proofs/test/development-nitro.ts';
import { tdxCollateral, tdxQuote } from '../../packages/proofs/test/development-tdx.ts';
import type { Figure } from '../figure.ts';
import { mutateBytes, mutateValue } from './mutate.ts';
import { type Random, seeded } from './random.ts';

export type EnclaveFuzzReport = {
  readonly cases: number;
  readonly accepted: number;
  /** Refusals by code. */
  readonly codes: Readonly<Record<string, number>>;
  /** What broke a rule, with the seed that makes it again. */
  readonly failures: readonly string[];
};

const DOCUMENT = Uint8Array.from(nitroDocument());
const QUOTES = [tdxQuote(), tdxQuote({ version: 5 })].map(({ quote }) => Uint8Array.from(quote));
const COLLATERAL = tdxCollateral();

const nitro = (bytes: Uint8Array) => verifyNitro(bytes, { atSeconds: MADE_AT, roots: [NITRO_ROOT] });
const tdx = (bytes: Uint8Array, collateral: TdxCollateral = COLLATERAL) =>
  verifyTdx(bytes, collateral, { atSeconds: MADE_AT, roots: [TDX_ROOT] });

const words = (result: Result<unknown>): string => JSON.stringify(result);
const SAID = new Set([words(nitro(DOCUMENT)), ...QUOTES.map((quote) => words(tdx(quote)))]);

type Tried = {
  readonly result: Result<unknown>;
  /** Whether a development key signed the change. */
  readonly signed: boolean;
};

const tryOne = (random: Random): Tried => {
  const quote = random.pick(QUOTES);
  switch (random.below(8)) {
    case 0:
    case 1:
      return { result: nitro(mutateBytes(DOCUMENT, random)), signed: false };
    case 2: {
      const payload = (bytes: Uint8Array): Uint8Array => mutateBytes(bytes, random);
      return { result: nitro(nitroDocument({ payload })), signed: true };
    }
    case 3: {
      const part = random.pick(['rootCrl', 'pckCrl', 'tcbInfoSignature', 'qeIdentitySignature'] as const);
      return { result: tdx(quote, { ...COLLATERAL, [part]: mutateBytes(COLLATERAL[part], random) }), signed: false };
    }
    case 4: {
      const part = random.pick(['tcbInfo', 'qeIdentity'] as const);
      const value = mutateValue(JSON.parse(COLLATERAL[part]) as Json, random);
      return { result: tdx(quote, tdxCollateral({ [part]: value as object })), signed: true };
    }
    case 5: {
      const chain = COLLATERAL.tcbSigningChain.map((der) => (random.below(2) === 0 ? der : mutateBytes(der, random)));
      return { result: tdx(quote, { ...COLLATERAL, tcbSigningChain: chain }), signed: false };
    }
    default:
      return { result: tdx(mutateBytes(quote, random)), signed: false };
  }
};

const faultOf = ({ result, signed }: Tried): string | null => {
  if (result.ok) return signed || SAID.has(words(result)) ? null : `accepted as something else: ${words(result)}`;
  const { code, message, next, field } = result.problem;
  const readable = Object.hasOwn(ERRORS, code) && field && next && !/undefined|NaN|\[object/.test(message);
  return readable ? null : JSON.stringify(result.problem);
};

/** Runs `count` cases. */
export const fuzzEnclave = ({ seed, count }: { readonly seed: number; readonly count: number }): EnclaveFuzzReport => {
  const codes: Record<string, number> = {};
  const failures: string[] = [];
  let accepted = 0;
  for (let i = 0; i < count; i++) {
    try {
      const tried = tryOne(seeded(seed + i));
      const fault = faultOf(tried);
      if (fault !== null) failures.push(`seed ${seed + i}: ${fault}`);
      if (tried.result.ok) accepted++;
      else codes[tried.result.problem.code] = (codes[tried.result.problem.code] ?? 0) + 1;
    } catch (error) {
      failures.push(`seed ${seed + i}: ${error instanceof Error ? error.stack : error}`);
    }
  }
  return { cases: count, accepted, codes, failures };
};

/** Figures for the topic `fuzz`; prints the first findings, if any. */
export const enclaveFuzzFigures = (cases = 20_000, seed = 20_261_130): Figure[] => {
  const report = fuzzEnclave({ seed, count: cases });
  for (const each of report.failures.slice(0, 5)) console.error(`fuzz: ${each}`);
  const peer = `${report.accepted} accepted, saying the same`;
  const holds = report.failures.length === 0;
  return [
    { name: 'enclaves: damaged attestations and collateral', value: cases, unit: 'cases', goal: '', holds: null, peer },
    {
      name: 'enclaves: answers that break a rule',
      value: report.failures.length,
      unit: 'cases',
      goal: '0',
      holds,
      peer: '',
    },
  ];
};
