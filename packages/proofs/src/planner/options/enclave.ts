/** A run inside an enclave whose measured code and key were verified: final at once, hidden if wanted. */
import { gasMicroUsd, inclusionMilliseconds, meanWaitMilliseconds, settleMilliseconds } from '../chain-cost.ts';
import { ceilDiv, E18, PPM } from '../integers.ts';
import { type Cost, offered, type RouteOption, refused } from '../option.ts';
import type { Question } from '../question.ts';
import { runMicroUsd, runMilliseconds } from '../run-cost.ts';
import { dollarsApart } from '../words.ts';

export const enclave = (question: Question): RouteOption => {
  const { program, market, rules, valueMicroUsd, onChain } = question;
  const { chain, enclave: facts, provider } = market;
  if (facts === null) return refused('enclave', 'No provider with an enclave is known.');
  const more = (plain: bigint): bigint => ceilDiv(plain * (PPM + BigInt(facts.overheadPpm)), PPM);
  const costs: Cost[] = [{ what: 'running in an enclave', microUsd: more(runMicroUsd(program, provider.machine)) }];
  if (onChain) costs.push({ what: 'gas of claim and proof', microUsd: gasMicroUsd(rules.gas.claimAndProve, chain) });
  const ready = more(runMilliseconds(program, provider.machine)) + (onChain ? settleMilliseconds(chain) : 0n);
  // Who breaks an enclave gains all that hangs on the result, and is caught by nobody.
  const pays = valueMicroUsd > facts.corruptMicroUsd;
  const wrongPpm = pays ? PPM : BigInt(facts.brokenPpm);
  const [breaking, stake] = dollarsApart(facts.corruptMicroUsd, valueMicroUsd);
  const attack = `Breaking an enclave costs ${breaking}, less than the ${stake} at stake.`;
  return offered(
    'enclave',
    question,
    {
      costs,
      latencyMilliseconds: ready + (onChain ? meanWaitMilliseconds(chain) : 0n),
      latestMilliseconds: ready + (onChain ? inclusionMilliseconds(chain) : 0n),
      bondMicroUsd: 0n,
      windowSeconds: 0n,
      clockSeconds: 0n,
      coverMicroUsd: 0n,
      wrongPpm,
      standsE18: E18,
      attackMicroUsd: facts.corruptMicroUsd,
      expectedLossMicroUsd: ceilDiv(valueMicroUsd * wrongPpm, PPM),
    },
    pays ? [attack] : [],
  );
};
