/** Asking a court without a contract: the question in words becomes a claim, which is published and asked. */
import { randomBytes } from 'node:crypto';
import { createCourtBook, gasUnits, hasPeople, readGasPrice, readPolicy, servingGas } from '@surety/chain';
import { claimIdOf, encode, SuretyError, to0x, unwrap } from '@surety/core';
import { exclusionRoot } from '@surety/court';
import { claimFromReading, parseQuestion, questionWords } from '@surety/intent';
import { readExcluded } from './excluded.ts';
import type { At, Planned, Terms } from './here.ts';

type Hex = `0x${string}`;

export type Asking = {
  readonly kind: 'ask';
  /** In words. */
  readonly question: string;
  /** Id of a registered policy; `null` for the one that the court was deployed with from this folder. */
  readonly policy: string | null;
  /** How long proposals are taken: from now, or from the day that a forecast is about. */
  readonly answerSeconds: number;
  readonly rewardUnits: string;
  /** File of addresses that may not sit, one a line; `null` for none. */
  readonly excluded: string | null;
};

const policyOf = ({ policyId }: At, named: string | null): Hex => {
  if (named !== null && /^0x[0-9a-f]{64}$/i.test(named)) return named.toLowerCase() as Hex;
  if (named === null && policyId !== null) return policyId;
  throw new SuretyError({
    code: 'court.policy-unfit',
    message: named === null ? 'The policy of the question is not named.' : `“${named}” is no id of a policy.`,
    next: 'Write --policy and the 32 bytes under which it was registered at the court.',
    field: '--policy',
    ...(named === null ? {} : { value: named }),
  });
};

/** What whoever asks under a policy should know before. */
const termsOf = async ({ chain, at, coinUnits }: At, policyId: Hex): Promise<Terms> => {
  const policy = unwrap(await readPolicy(chain, at, policyId));
  if (policy === null)
    throw new SuretyError({
      code: 'court.policy-unfit',
      message: `The court ${at.court} has no policy ${policyId}.`,
      next: 'Register it first, or name one that is.',
      field: '--policy',
      value: policyId,
    });
  const { feeUnits, seats } = policy.rounds[0]!;
  const gas = servingGas(seats);
  const cost = coinUnits === null ? null : gasUnits(gas, { gasPriceWei: unwrap(await readGasPrice(chain)), coinUnits });
  return {
    serving: {
      round: 1,
      feeMicroUsd: String(feeUnits),
      gas: Number(gas),
      costMicroUsd: cost === null ? null : String(cost),
    },
    unruledStands: policy.unruledStands,
    hasPeople: unwrap(await hasPeople(chain, at)),
  };
};

export const asking = async (here: At, step: Asking): Promise<Planned> => {
  const { chain, at, me, setting, fromBlock } = here;
  const { number: sinceBlock, timestamp } = await chain.reader.getBlock();
  const now = Number(timestamp);
  const reading = unwrap(parseQuestion(step.question, { now }));
  const opensAt = reading.decidedBy ?? 0;
  const answerBy = Math.max(now, opensAt) + step.answerSeconds;
  const claim = unwrap(
    claimFromReading(reading, {
      ...{ asker: me, budgetMicroUsd: 0n, closesAt: reading.decidedBy ?? answerBy, now },
      nonce: randomBytes(16).toString('hex'),
    }),
  );
  const question: Hex = `0x${claimIdOf(claim)}`;
  const rewardUnits = BigInt(step.rewardUnits);
  const exclusions = step.excluded === null ? null : (exclusionRoot(readExcluded(step.excluded)) as Hex);
  const policyId = policyOf(here, step.policy);
  const asked = { question, outcomes: claim.outcomes.length, policyId, exclusions };
  return {
    costUnits: rewardUnits,
    terms: await termsOf(here, policyId),
    words: `Publish and ask: ${questionWords(claim.subject, claim.predicate)} Answers: ${claim.outcomes.join(' or ')}.`,
    intents: [
      { kind: 'court-publish', at, claim: to0x(encode(claim)) as Hex },
      { kind: 'court-ask', at, ...asked, rewardUnits, opensAt, answerBy, sinceBlock, payWei: 0n },
    ],
    opened: async () => {
      const { cases } = unwrap(await createCourtBook(chain, setting, { fromBlock }).read());
      return cases.find((of) => of.question === question && of.asker === me)?.id ?? null;
    },
  };
};
