/**
 * `@surety/node/court-deploy` as a program: a court of contracts on a development chain, in its dollar, with the default policy in
 * small amounts and the built-in families admitted. Done again it deploys nothing.
 */
import { pureJurors } from '@surety/analysts';
import { clusterOf } from '@surety/analysts/court';
import {
  attempt,
  type ContractPolicy,
  DEVELOPMENT_CHAIN_IDS,
  deployCourt,
  deployOn,
  type Intent,
  LOCAL_CHAIN_IDS,
  type PersonsPlan,
  policyIdOf,
  registryName,
  type SeatFloor,
} from '@surety/chain';
import { SuretyError, unwrap } from '@surety/core';
import { POLICIES, type RoundPolicy } from '@surety/court';
import { developmentIssuer } from '../persons/development-issuer.ts';
import { agreed, connectHere, giveGas, ownAddress, readTask, runProgram, say } from '../watch/program.ts';
import { mayServeOn } from './built-in.ts';
import { effect } from './court-money.ts';
import { keepCourt } from './open-court.ts';

export type DeployCourtTask = {
  readonly home: string;
  /** Windows are divided by it, never below a second. */
  readonly speed: number;
  /** How rounds of people are drawn: by person only among those to whom the issuer for development, which knows nobody, gave a token. */
  readonly people: 'by-stake' | 'by-person';
};

/** A development court's amounts: a dollar is a bond, a cent a juror's fee, and joining takes a dollar. */
const LEAST_BOND_UNITS = 1_000_000n;
const AI_FEE_UNITS = 10_000n;
const PERSON_FEE_UNITS = 100_000n;
const LEAST_STAKE_UNITS = 1_000_000n;
/** Its hash is still known in the second half of a draw of an hour, whether blocks take two seconds or twelve. */
const FALLBACK_BLOCKS = 900;

const faster = (seconds: number, speed: number): number => Math.max(1, Math.floor(seconds / speed));

/** A local chain makes no blocks by itself: there the draw falls back on the block of the call, which its caller could choose. */
const fallbackBlocksOn = (chainId: number, speed: number): bigint =>
  LOCAL_CHAIN_IDS.includes(chainId) ? 0n : BigInt(faster(FALLBACK_BLOCKS, speed));

type People = DeployCourtTask['people'];

const roundOf = (round: RoundPolicy, speed: number, people: People): ContractPolicy['rounds'][number] => {
  const feeUnits = round.jurors === 'ai' ? AI_FEE_UNITS : PERSON_FEE_UNITS;
  const byPerson = round.jurors === 'people' && people === 'by-person';
  return {
    ...{
      feeUnits,
      absenceUnits: byPerson ? 0n : feeUnits / 2n,
      lossToGain: byPerson ? 0 : round.lossToGain,
      seats: round.seats,
      quorum: round.quorum,
    },
    commitSeconds: faster(round.commitSeconds, speed),
    revealSeconds: faster(round.revealSeconds, speed),
    appealSeconds: faster(round.appealSeconds, speed),
  };
};

/** The default ladder of questions that programs watch, as a contract takes it. */
export const developmentPolicy = (speed: number, people: People): ContractPolicy => {
  const base = POLICIES.oracle;
  const drawSeconds = Math.max(4, faster(base.rounds[0]!.drawSeconds, speed));
  return {
    leastBondUnits: LEAST_BOND_UNITS,
    mostBondUnits: 100n * LEAST_BOND_UNITS,
    challengeSeconds: faster(base.challengeSeconds, speed),
    drawSeconds,
    auditor: `0x${'0'.repeat(40)}`,
    beaconSeconds: faster(base.beaconDelaySeconds, speed),
    oneOperator: false,
    unruledStands: false,
    callMultiple: base.callMultiple,
    rounds: base.rounds.map((round) => roundOf(round, speed, people)),
  };
};

/** What the default ladder gives, so that no other policy of the court gives less. */
const floorOf = ({ rounds }: ContractPolicy): SeatFloor => {
  const [ai, people] = [rounds[0]!, rounds.at(-1)!];
  return {
    ...{ aiFeeUnits: ai.feeUnits, aiSeconds: Math.min(ai.commitSeconds, ai.revealSeconds) },
    ...{ peopleFeeUnits: people.feeUnits, peopleSeconds: Math.min(people.commitSeconds, people.revealSeconds) },
  };
};

/** The registry of the issuer that a node of this folder has for development. */
const personsOf = ({ home, people }: DeployCourtTask): PersonsPlan | null => {
  if (people === 'by-stake') return null;
  const { name, key } = developmentIssuer(home).issuer;
  return { kind: 'issuer', issuer: name, modulus: `0x${key.modulus.toString(16)}` };
};

/** Families of the built-in jurors, each with the number of the cluster that it was measured to err with. */
const clusters = (): readonly (readonly [family: string, cluster: number])[] => {
  const voices = new Map<string, string>();
  for (const { family, id, reads } of pureJurors)
    if (!voices.has(family)) voices.set(family, clusterOf(reads.includes('token') ? 'tokens' : 'sites', id) ?? family);
  const numbers = [...new Set(voices.values())].sort();
  return [...voices].map(([family, voice]) => [family, numbers.indexOf(voice) + 1]);
};

const run = async (): Promise<void> => {
  const task = readTask<DeployCourtTask>();
  const { home, speed, people } = task;
  const chain = await connectHere();
  const { chainId } = chain;
  if (!DEVELOPMENT_CHAIN_IDS.includes(chainId)) unwrap(mayServeOn(chainId));
  const me = ownAddress(chain);
  say({ kind: 'ready', chainId, me });
  if (!(await agreed())) return say({ kind: 'declined' });
  await giveGas(chain, me);
  const fromBlock = unwrap(await attempt(chain, () => chain.reader.getBlockNumber({ cacheTime: 0 })));
  const { contracts } = unwrap(await deployOn(chain));
  const policy = developmentPolicy(speed, people);
  const setting = unwrap(
    await deployCourt(chain, {
      ...{ currency: contracts.dollar, curator: me },
      ...{ leastStakeUnits: LEAST_STAKE_UNITS, fallbackBlocks: fallbackBlocksOn(chainId, speed) },
      ...{ floor: floorOf(policy), persons: personsOf(task) },
    }),
  );
  const { court, panels, jurors } = setting;
  const at = { court, panels, jurors };
  const steps: readonly Intent[] = [
    { kind: 'court-register-policy', at, policy },
    ...clusters().map(
      ([family, cluster]): Intent => ({ kind: 'court-admit-family', at, family: registryName(family), cluster }),
    ),
  ];
  for (const step of steps) {
    const done = await effect({ chain, contracts, setting, me }, step);
    if (!done.ok) throw new SuretyError(done.problem);
  }
  const policyId = policyIdOf(policy);
  keepCourt(home, { chainId, court, fromBlock: String(fromBlock), policy: policyId });
  const registry = setting.registry === null ? {} : { registry: setting.registry };
  say({ kind: 'deployed', chainId, ...at, ...registry, currency: setting.currency, policy: policyId });
};

runProgram(run);
