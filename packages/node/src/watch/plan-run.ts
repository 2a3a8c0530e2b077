/** What the planner (spec 17) says of a run, for the chain at hand and a market that nobody measured. */
import { attempt, type Chain, type DeployedTerms } from '@surety/chain';
import { unwrap, wholeCents } from '@surety/core';
import { type CheckedProgram, costOf } from '@surety/programs';
import { ARBITER_RULES, ASSUMED_MARKET, describePlan, plan } from '@surety/proofs/planner';
import type { WantedTerms } from './terms.ts';

type Planned = Readonly<Record<'bondMicroUsd' | 'windowSeconds' | 'clockSeconds', bigint>>;

export type RunPlan = {
  /** For people. */
  readonly text: string;
  readonly chosen: string | null;
  /** What the planner would want on the optimistic route; `null` where that is not to be had. */
  readonly planned: Planned | null;
  /** What was given, and the planner's, or the Arbiter's least, where nothing was. */
  readonly terms: { readonly bondMicroUsd: bigint; readonly windowSeconds: number; readonly clockSeconds: number };
};

type About = {
  readonly checked: CheckedProgram;
  /** How often it is run; `null` for once. */
  readonly steps: number | null;
  /** What hangs on the result. */
  readonly valueMicroUsd: bigint;
  readonly given: WantedTerms;
};

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

export const planRun = async (chain: Chain, deployed: DeployedTerms, about: About): Promise<RunPlan> => {
  const { checked, steps, valueMicroUsd, given } = about;
  const { constantBytes, multiplyAccumulates } = costOf(checked);
  const weiPerGas = unwrap(await attempt(chain, () => chain.reader.getGasPrice()));
  const made = unwrap(
    plan({
      valueMicroUsd,
      latencyMilliseconds: 30n * 86_400_000n,
      privacy: 'public',
      budgetMicroUsd: valueMicroUsd,
      lossLimitMicroUsd: valueMicroUsd,
      program: {
        weightBytes: BigInt(constantBytes),
        multiplyAccumulates: BigInt(multiplyAccumulates) * BigInt(steps ?? 1),
        published: true,
      },
      ownMachine: null,
      onChain: true,
      market: { ...ASSUMED_MARKET, chain: { ...ASSUMED_MARKET.chain, weiPerGas } },
      rules: {
        ...ARBITER_RULES,
        rewardPpm: Number(deployed.rewardPpm),
        burnPpm: Number(deployed.burnPpm),
        leastBondMicroUsd: deployed.leastBondMicroUsd,
      },
    }),
  );
  const route = made.options.find((option) => option.route === 'optimistic')?.terms ?? null;
  const seconds = (wish: number | null, wanted: bigint | undefined, least: number): number =>
    wish ?? Math.max(Number(wanted ?? 0n), least);
  return {
    text: describePlan(made),
    chosen: made.chosen,
    planned: route,
    terms: {
      // Whole cents, so that what is locked is what people are told.
      bondMicroUsd: given.bondMicroUsd ?? wholeCents(larger(route?.bondMicroUsd ?? 0n, deployed.leastBondMicroUsd)),
      windowSeconds: seconds(given.windowSeconds, route?.windowSeconds, deployed.window.leastSeconds),
      clockSeconds: seconds(given.clockSeconds, route?.clockSeconds, deployed.clock.leastSeconds),
    },
  };
};
