/** A proof of the run that a contract checks (spec 20.1): final in the transaction that brings it, whoever watches. */
import { gasMicroUsd, inclusionMilliseconds, meanWaitMilliseconds, settleMilliseconds } from '../chain-cost.ts';
import { type Cost, offered, type RouteOption, refused } from '../option.ts';
import type { Question } from '../question.ts';
import { machineMicroUsd, runMilliseconds } from '../run-cost.ts';
import { checkedTerms } from './checked.ts';
import { beyondLimits } from './claim-option.ts';
import { againstProofOnChain } from './proof-on-chain.ts';
import { MISSED_E18 } from './zero-knowledge.ts';

export const checkedProof = (question: Question): RouteOption => {
  const { program, market, rules } = question;
  const { onChainProof: proof } = program;
  const objections = againstProofOnChain(question, 'checked');
  if (objections.length > 0 || proof?.kind !== 'checked') return refused('checked-proof', ...objections);
  const { chain, provider } = market;
  const work = { ...program, multiplyAccumulates: program.multiplyAccumulates + proof.proveAccumulates };
  const ready = runMilliseconds(work, provider.machine);
  const costs: Cost[] = [
    { what: 'running the program and proving it', microUsd: machineMicroUsd(ready, provider.machine) },
    { what: 'gas of claim and proof', microUsd: gasMicroUsd(rules.gas.claimAndProve + proof.gas, chain) },
  ];
  // Two transactions: the claim, and its proof.
  const milliseconds = ready + 2n * (settleMilliseconds(chain) + meanWaitMilliseconds(chain));
  const latestMilliseconds = ready + 2n * (settleMilliseconds(chain) + inclusionMilliseconds(chain));
  const terms = {
    ...checkedTerms(question, { costs, milliseconds, missedE18: MISSED_E18 }),
    latestMilliseconds,
    // Locked until the proof is in, whatever it is worth.
    bondMicroUsd: rules.leastBondMicroUsd,
  };
  return offered('checked-proof', question, terms, beyondLimits(question, terms));
};
