/** Who can be drawn in a simulated court: honest jurors, and an attacker's share of all stake. */
import type { Candidate } from '../../packages/court/src/index.ts';
import { account, USD } from '../../packages/court/test/support.ts';
import { type Family, STAKED_USD, type World } from './world.ts';

/** Operators that run each family honestly. */
const OPERATORS = 2;
const PEOPLE = 120;

export type Pools = {
  readonly ai: readonly Candidate[];
  readonly people: readonly Candidate[];
  /** Of AI jurors. */
  readonly familyOf: ReadonlyMap<string, Family>;
  readonly isAttacker: (juror: string) => boolean;
};

const staked = (usd: number): Pick<Candidate, 'weight' | 'freeMicroUsd'> => {
  const weight = BigInt(Math.round(usd * 1_000)) * (USD / 1_000n);
  return { weight, freeMicroUsd: weight };
};

/** Jurors of a world. The attacker splits his stake among as many jurors as he can: one of each family, or 120 people. */
export const poolsOf = ({ families, attacker }: World): Pools => {
  const share = attacker?.stakeShare ?? 0;
  const familyOf = new Map<string, Family>();
  const sold = new Set<string>();
  const ai: Candidate[] = [];
  for (const [i, family] of families.entries()) {
    const each = STAKED_USD.ai / families.length;
    for (let o = 0; o < OPERATORS; o += 1) {
      const juror = account(`${family.name} of operator ${o}`);
      familyOf.set(juror, family);
      const operator = `operator ${i % 5} ${o}`;
      ai.push({ juror, operator, cluster: family.cluster, ...staked(((1 - share) * each) / OPERATORS) });
    }
    if (share === 0) continue;
    const juror = account(`${family.name} of the attacker`);
    familyOf.set(juror, family);
    sold.add(juror);
    ai.push({ juror, operator: `attacker ${i}`, cluster: family.cluster, ...staked(share * each) });
  }
  const people: Candidate[] = [];
  for (let i = 0; i < PEOPLE; i += 1) {
    const each = STAKED_USD.people / PEOPLE;
    people.push({ juror: account(`citizen ${i}`), operator: '', cluster: 0, ...staked((1 - share) * each) });
    if (share === 0) continue;
    const juror = account(`citizen ${i} of the attacker`);
    sold.add(juror);
    people.push({ juror, operator: '', cluster: 0, ...staked(share * each) });
  }
  return { ai, people, familyOf, isAttacker: (juror) => sold.has(juror) };
};
