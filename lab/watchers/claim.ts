/** One claim, played: who gains and loses what. */
import { splitBond, type World } from './world.ts';

export type ClaimKind = 'honest' | 'lie' | 'audit';

/** Changes of everybody's money by one claim, in micro-dollars; they add up to zero. Price and honest work are left out. */
export type Ledger = {
  provider: number;
  watchers: number[];
  /** Copiers of challenges. */
  copier: number;
  /** Whoever relied on the result. */
  relier: number;
  /** Whoever pays for audits. */
  auditor: number;
  burnt: number;
  /** What watchers spent on checking. */
  machines: number;
  /** What challengers spent on disputes. */
  gas: number;
};

/** Uniform in 0 .. 1 (1 excluded). */
export type Draw = () => number;

const settle = (world: World, kind: 'lie' | 'audit', finders: readonly number[], ledger: Ledger, draw: Draw): void => {
  const { reward, burnt, coverable } = splitBond(world);
  const own = kind === 'audit' ? 'auditor' : 'provider';
  const selfDealt = kind === 'lie' && world.liar === 'self-dealing';
  ledger[own] -= world.bondMicroUsd;
  ledger.burnt += burnt;
  // An auditor covers himself too: the coverable part of an audit's bond is not lost.
  if (selfDealt || kind === 'audit') ledger[own] += coverable;
  else ledger.burnt += coverable;
  // One of the finders is first, the others hold back; a copier disputes besides.
  const finder = finders[Math.floor(draw() * finders.length)]!;
  const copied = draw() < world.copied;
  ledger.watchers[finder]! -= world.disputeMicroUsd;
  ledger.gas += (copied ? 2 : 1) * world.disputeMicroUsd;
  if (!copied) ledger.watchers[finder]! += reward;
  else ledger[selfDealt ? 'provider' : 'copier'] += reward - world.disputeMicroUsd;
};

/** Plays a claim of a kind against watchers of whom `looks` says who checks. */
export const playClaim = (world: World, kind: ClaimKind, looks: (watcher: number) => boolean, draw: Draw): Ledger => {
  const watchers = new Array<number>(world.watchers).fill(0);
  const ledger: Ledger = { provider: 0, watchers, copier: 0, relier: 0, auditor: 0, burnt: 0, machines: 0, gas: 0 };
  const finders: number[] = [];
  for (let i = 0; i < world.watchers; i++) {
    if (!looks(i)) continue;
    watchers[i]! -= world.checkMicroUsd;
    ledger.machines += world.checkMicroUsd;
    finders.push(i);
  }
  if (kind === 'honest') return ledger;
  const silenced = kind === 'lie' && draw() < world.censored;
  if (finders.length > 0 && !silenced) settle(world, kind, finders, ledger, draw);
  else if (kind === 'lie') {
    ledger.provider += world.gainMicroUsd;
    ledger.relier -= world.gainMicroUsd;
  }
  return ledger;
};
