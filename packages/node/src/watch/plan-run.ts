/** What the planner (spec 17) says of a run, for the chain at hand and a market that nobody measured. */
import { attempt, type Chain, type DeployedTerms } from '@surety/chain';
import { unwrap, wholeCents } from '@surety/core';
import { type CheckedProgram, costOf } from '@surety/programs';
import {
  ARBITER_RULES,
  ASSUMED_MARKET,
  describePlan,
  type OnChainProof,
  type Privacy,
  plan,
} from '@surety/proofs/planner';
import type { WantedTerms } from './terms.ts';

type Planned = Readonly<Record<'bondMicroUsd' | 'windowSeconds' | 'clockSeconds', bigint>>;

export type RunPlan = {
  /** For people. */
  readonly text: string;
  readonly chosen: string | null;
  /** What the planner would want on the route that was taken; `null` where that is not to be had. */
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
  /** What its proof takes, and on which route it is claimed; the optimistic one where it is left out. */
  readonly proof?: OnChainProof;
  /** What is hidden from whoever relies on the result; nothing unless stated. */
  readonly privacy?: Privacy;
};

/** Time for the proof of a claim to get into the chain, however full that is: the claim ends with it. */
const PROOF_SECONDS = 3_600;

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

export const planRun = async (chain: Chain, deployed: DeployedTerms, about: About): Promise<RunPlan> => {
  const { checked, steps, valueMicroUsd, given, proof, privacy = 'public' } = about;
  const { constantBytes, multiplyAccumulates } = costOf(checked);
  const weiPerGas = unwrap(await attempt(chain, () => chain.reader.getGasPrice()));
  const made = unwrap(
    plan({
      valueMicroUsd,
      latencyMilliseconds: 30n * 86_400_000n,
      privacy,
      budgetMicroUsd: valueMicroUsd,
      lossLimitMicroUsd: valueMicroUsd,
      program: {
        weightBytes: BigInt(constantBytes),
        multiplyAccumulates: BigInt(multiplyAccumulates) * BigInt(steps ?? 1),
        published: privacy === 'public' || privacy === 'private-input',
        ...(proof === undefined ? {} : { onChainProof: proof }),
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
  const taken = proof === undefined ? 'optimistic' : proof.kind === 'checked' ? 'checked-proof' : 'proof-steps';
  const route = made.options.find((option) => option.route === taken)?.terms ?? null;
  const leastWindow = Math.max(deployed.window.leastSeconds, taken === 'checked-proof' ? PROOF_SECONDS : 0);
  const seconds = (wish: number | null, wanted: bigint | undefined, least: number): number =>
    wish ?? Math.max(Number(wanted ?? 0n), least);
  return {
    text: describePlan(made),
    chosen: made.chosen,
    planned: route,
    terms: {
      // Whole cents, so that what is locked is what people are told.
      bondMicroUsd: given.bondMicroUsd ?? wholeCents(larger(route?.bondMicroUsd ?? 0n, deployed.leastBondMicroUsd)),
      windowSeconds: seconds(given.windowSeconds, route?.windowSeconds, leastWindow),
      clockSeconds: seconds(given.clockSeconds, route?.clockSeconds, deployed.clock.leastSeconds),
    },
  };
};
