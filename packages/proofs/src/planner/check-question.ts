/** Ranges of a question's numbers. */
import { MAX_AMOUNT, type Problem, show } from '@surety/core';
import type { EnclaveFacts, Machine, OnChainProof, Question } from './question.ts';

type Range = readonly [field: string, value: bigint | number, least: bigint, most: bigint];

const PPM = 1_000_000n;
/** Largest count of bytes or multiply-accumulates. */
const MOST_WORK = 10n ** 18n;
const MOST_MILLISECONDS = 10n ** 15n;
/** The Arbiter's own type for windows and clocks. */
const MOST_SECONDS = (1n << 32n) - 1n;

const amount = (field: string, value: bigint, least = 0n): Range => [field, value, least, MAX_AMOUNT];
const part = (field: string, value: number, least = 0n, most = PPM): Range => [field, value, least, most];

const machine = (field: string, { macsPerSecond, bytesPerSecond, microUsdPerHour }: Machine): Range[] => [
  [`${field}.macsPerSecond`, macsPerSecond, 1_000_000n, MOST_WORK],
  [`${field}.bytesPerSecond`, bytesPerSecond, 1_000n, MOST_WORK],
  amount(`${field}.microUsdPerHour`, microUsdPerHour),
];

const enclave = (facts: EnclaveFacts): Range[] => [
  ['market.enclave.overheadPpm', facts.overheadPpm, 0n, 1_000n * PPM],
  part('market.enclave.brokenPpm', facts.brokenPpm),
  amount('market.enclave.corruptMicroUsd', facts.corruptMicroUsd),
];

const onChainProof = (proof: OnChainProof): Range[] => [
  ['program.onChainProof.proveAccumulates', proof.proveAccumulates, 0n, MOST_WORK],
  ...(proof.kind === 'checked'
    ? [amount('program.onChainProof.gas', proof.gas)]
    : ([
        ['program.onChainProof.dataBytes', proof.dataBytes, 0n, MOST_WORK],
        ['program.onChainProof.checkAccumulates', proof.checkAccumulates, 0n, MOST_WORK],
      ] as const)),
];

const ranges = ({ market, program, rules, ...asked }: Question): Range[] => [
  amount('valueMicroUsd', asked.valueMicroUsd),
  ['latencyMilliseconds', asked.latencyMilliseconds, 0n, MOST_MILLISECONDS],
  amount('budgetMicroUsd', asked.budgetMicroUsd),
  amount('lossLimitMicroUsd', asked.lossLimitMicroUsd),
  ['program.weightBytes', program.weightBytes, 0n, MOST_WORK],
  ['program.multiplyAccumulates', program.multiplyAccumulates, 0n, MOST_WORK],
  ['program.checkAccumulates', program.checkAccumulates ?? 0n, 0n, MOST_WORK],
  ['program.proof.proveAccumulates', program.proof?.proveAccumulates ?? 0n, 0n, MOST_WORK],
  ['program.proof.verifyAccumulates', program.proof?.verifyAccumulates ?? 0n, 0n, MOST_WORK],
  ['program.proof.bytes', program.proof?.bytes ?? 0n, 0n, MOST_WORK],
  ...(program.onChainProof === undefined ? [] : onChainProof(program.onChainProof)),
  ...(asked.ownMachine === null ? [] : machine('ownMachine', asked.ownMachine)),
  amount('market.chain.weiPerGas', market.chain.weiPerGas),
  amount('market.chain.microUsdPerNative', market.chain.microUsdPerNative),
  ['market.chain.blockMilliseconds', market.chain.blockMilliseconds, 1n, 3_600_000n],
  ['market.chain.confirmations', market.chain.confirmations, 0n, 10_000n],
  part('market.chain.passPpm', market.chain.passPpm, 1_000n),
  amount('market.chain.censorMicroUsdPerSecond', market.chain.censorMicroUsdPerSecond, 1n),
  ['market.capitalPpmPerYear', market.capitalPpmPerYear, 0n, 100n * PPM],
  ...machine('market.provider.machine', market.provider.machine),
  amount('market.provider.largestBondMicroUsd', market.provider.largestBondMicroUsd),
  part('market.provider.faultPpm', market.provider.faultPpm),
  ['market.watchers.count', market.watchers.count, 0n, 1_000n],
  part('market.watchers.checkPpm', market.watchers.checkPpm),
  ['market.watchers.silenced', market.watchers.silenced, 0n, 1_000n],
  part('market.watchers.auditPpm', market.watchers.auditPpm, 0n, PPM / 2n),
  part('market.watchers.copiedPpm', market.watchers.copiedPpm, 0n, PPM - 1n),
  ...machine('market.watchers.machine', market.watchers.machine),
  ...(market.enclave === null ? [] : enclave(market.enclave)),
  part('market.premiumPpm', market.premiumPpm),
  part('rules.rewardPpm', rules.rewardPpm, 1n),
  // Something of a bond is left for cover.
  ['rules.burnPpm', rules.burnPpm, 1n, PPM - 1n - BigInt(Number.isSafeInteger(rules.rewardPpm) ? rules.rewardPpm : 0)],
  amount('rules.leastBondMicroUsd', rules.leastBondMicroUsd),
  ['rules.leastWindowSeconds', rules.leastWindowSeconds, 0n, MOST_SECONDS],
  ['rules.mostWindowSeconds', rules.mostWindowSeconds, 0n, MOST_SECONDS],
  ['rules.leastClockSeconds', rules.leastClockSeconds, 0n, MOST_SECONDS],
  ['rules.mostClockSeconds', rules.mostClockSeconds, 0n, MOST_SECONDS],
  ['rules.mostQuestions', rules.mostQuestions, 1n, 1_000n],
  amount('rules.gas.claimAndFinalise', rules.gas.claimAndFinalise),
  amount('rules.gas.claimAndProve', rules.gas.claimAndProve),
  amount('rules.gas.reserveCover', rules.gas.reserveCover),
  amount('rules.gas.dispute', rules.gas.dispute),
];

/** The first number that is out of its range, or `null`. */
export const checkQuestion = (question: Question): Problem | null => {
  for (const [field, value, least, most] of ranges(question)) {
    const whole = typeof value === 'bigint' || Number.isSafeInteger(value);
    if (whole && value >= least && value <= most) continue;
    const limit = `whole number, ${least} .. ${most}`;
    const problem = { message: `${field} is out of its range.`, next: `Send a ${limit}.`, field, limit };
    return { code: 'input.out-of-range', ...problem, value: show(value) };
  }
  return null;
};
