/** Deploying a court, idempotently: its address follows from its parameters. */
import { type Result, refuse } from '@surety/core';
import { encodeDeployData, type Hex, keccak256, stringToHex, zeroAddress } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { create2Address, create2Call, ensureDeployer, isDeployed } from '../deployer.ts';
import { Court, DrandQuicknet, PersonTokens } from '../generated/index.ts';
import { send } from '../send.ts';
import type { CourtSetting } from './case.ts';
import { readCourt } from './views.ts';

export type CourtPlan = {
  /** An ERC-20 without fees or rebasing, or the zero address for the chain's own currency. */
  readonly currency: Hex;
  /** Admits families of AI jurors. */
  readonly curator: Hex;
  /** The least that joining as a juror takes, base units. */
  readonly leastStakeUnits: bigint;
  /** After how many blocks the one comes that draws where the beacon did not; its hash has to be known still in the second half of the draw. */
  readonly fallbackBlocks: bigint;
  /** What every policy of the court gives at least to whoever is drawn. */
  readonly floor: SeatFloor;
  /** Who says that somebody is one person; `null` for a court that draws people by stake alone. */
  readonly persons: PersonsPlan | null;
};

/**
 * Least fees, base units, and least times to commit and to reveal. Anybody registers policies: at zeros somebody can fine jurors who had
 * no time to vote, and keep all persons busy for nothing.
 */
export type SeatFloor = {
  readonly aiFeeUnits: bigint;
  readonly aiSeconds: number;
  readonly peopleFeeUnits: bigint;
  readonly peopleSeconds: number;
};

export type PersonsPlan =
  /** A registry of tokens of one issuer (spec 21.10), by its name and the 256 bytes of its modulus: deployed if it is not there. */
  | { readonly kind: 'issuer'; readonly issuer: string; readonly modulus: Hex }
  /** Any contract with `isHuman(address)`, such as Proof of Humanity's. */
  | { readonly kind: 'registry'; readonly address: Hex };

const SALT = keccak256(stringToHex('surety/court/v1'));

type Planned = { readonly address: Hex; readonly initCode: Hex };

/** Where the registry of an issuer's tokens is, if it was deployed as here: at this address no other code can stand. */
export const predictRegistry = (issuer: string, modulus: Hex): Planned => {
  const { abi, bytecode } = PersonTokens;
  const initCode = encodeDeployData({ abi, bytecode, args: [issuer, modulus] });
  return { address: create2Address(initCode, SALT), initCode };
};

const planRegistry = (persons: PersonsPlan | null): { readonly registry: Hex; readonly steps: readonly Planned[] } => {
  if (persons === null) return { registry: zeroAddress, steps: [] };
  if (persons.kind === 'registry') return { registry: persons.address, steps: [] };
  const planned = predictRegistry(persons.issuer, persons.modulus);
  return { registry: planned.address, steps: [planned] };
};

/** Where a court, drand's verifier and a registry of persons will be, before they are. */
export const predictCourt = ({ currency, curator, leastStakeUnits, fallbackBlocks, floor, persons }: CourtPlan) => {
  const { registry, steps } = planRegistry(persons);
  const beaconCode = DrandQuicknet.bytecode;
  const beacon = create2Address(beaconCode, SALT);
  const { aiFeeUnits: aiFee, aiSeconds, peopleFeeUnits: peopleFee, peopleSeconds } = floor;
  const seatFloor = { aiFee, aiSeconds, peopleFee, peopleSeconds };
  const courtCode = encodeDeployData({
    abi: Court.abi,
    bytecode: Court.bytecode,
    args: [currency, beacon, curator, leastStakeUnits, fallbackBlocks, registry, seatFloor],
  });
  const court = create2Address(courtCode, SALT);
  return {
    court,
    steps: [...steps, { address: beacon, initCode: beaconCode }, { address: court, initCode: courtCode }],
  };
};

/**
 * Deploys what is missing of a court whose panels are drawn by drand's quicknet.
 * @throws {SuretyError} `chain.no-key` on a read-only connection
 */
export const deployCourt = async (chain: Chain, plan: CourtPlan): Promise<Result<CourtSetting>> => {
  const deployer = await ensureDeployer(chain);
  if (!deployer.ok) return deployer;
  const { court, steps } = predictCourt(plan);
  for (const { address, initCode } of steps) {
    const there = await attempt(chain, () => isDeployed(chain, address));
    if (!there.ok) return there;
    if (there.value) continue;
    const sent = await send(chain, create2Call(initCode, SALT));
    if (sent.kind === 'refused' || sent.kind === 'lost') return refuse(sent.problem);
  }
  return readCourt(chain, court);
};
