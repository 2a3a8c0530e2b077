/** Every step at a court of contracts in one table: what it takes, and the transactions that it is made of. */
import { type Challenging, challenging, type Proposing, proposing } from './bond.ts';
import type { At, Planned } from './here.ts';
import { type Collecting, collecting, type Withdrawing, withdrawing } from './money.ts';
import { type Joining, joining, type Leaving, leaving } from './stake.ts';

export type CourtStep = Joining | Leaving | Proposing | Challenging | Collecting | Withdrawing;

/** @throws {SuretyError} what a step refuses */
export const plan = (here: At, step: CourtStep): Promise<Planned> => {
  switch (step.kind) {
    case 'join':
      return joining(here, step);
    case 'leave':
      return leaving(here);
    case 'propose':
      return proposing(here, step);
    case 'challenge':
      return challenging(here, step);
    case 'collect':
      return collecting(here, step);
    case 'withdraw':
      return withdrawing(here);
  }
};
