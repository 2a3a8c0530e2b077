/** Deploying a court, idempotently: its address follows from its parameters. */
import { type Result, refuse } from '@surety/core';
import { encodeDeployData, type Hex, keccak256, stringToHex } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { create2Address, create2Call, ensureDeployer, isDeployed } from '../deployer.ts';
import { Court, DrandQuicknet } from '../generated/index.ts';
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
};

const SALT = keccak256(stringToHex('surety/court/v1'));

/** Where a court and drand's verifier will be, before they are. */
export const predictCourt = ({ currency, curator, leastStakeUnits, fallbackBlocks }: CourtPlan) => {
  const beaconCode = DrandQuicknet.bytecode;
  const beacon = create2Address(beaconCode, SALT);
  const courtCode = encodeDeployData({
    abi: Court.abi,
    bytecode: Court.bytecode,
    args: [currency, beacon, curator, leastStakeUnits, fallbackBlocks],
  });
  const court = create2Address(courtCode, SALT);
  return {
    court,
    steps: [
      { address: beacon, initCode: beaconCode },
      { address: court, initCode: courtCode },
    ],
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
