/** Every step at a court of contracts in one table: what it takes, and the transactions that it is made of. */
import { type Asking, asking } from './ask.ts';
import { type Challenging, challenging, type Proposing, proposing, type Summoning, summoning } from './bond.ts';
import { type Drawing, drawing } from './draw.ts';
import type { At, Planned } from './here.ts';
import { type Collecting, collecting, type Withdrawing, withdrawing } from './money.ts';
import { type BeingPerson, beingPerson, type LeavingPersons, leavingPersons } from './person.ts';
import { type ShowingEarly, showingEarly } from './show-early.ts';
import { type Joining, joining, type Leaving, leaving } from './stake.ts';
import { type Striking, striking } from './strike.ts';
import { type Revealing, revealing, type Voting, voting } from './vote.ts';

export type CourtStep =
  | Asking
  | Joining
  | Leaving
  | BeingPerson
  | LeavingPersons
  | Proposing
  | Challenging
  | Summoning
  | Drawing
  | Striking
  | ShowingEarly
  | Voting
  | Revealing
  | Collecting
  | Withdrawing;

/** @throws {SuretyError} what a step refuses */
export const plan = (here: At, step: CourtStep): Promise<Planned> => {
  switch (step.kind) {
    case 'ask':
      return asking(here, step);
    case 'join':
      return joining(here, step);
    case 'leave':
      return leaving(here);
    case 'person':
      return beingPerson(here, step);
    case 'leave-persons':
      return leavingPersons(here);
    case 'propose':
      return proposing(here, step);
    case 'challenge':
      return challenging(here, step);
    case 'summon':
      return summoning(here, step);
    case 'draw':
      return drawing(here, step);
    case 'strike':
      return striking(here, step);
    case 'show-early':
      return showingEarly(here, step);
    case 'vote':
      return voting(here, step);
    case 'reveal':
      return revealing(here, step);
    case 'collect':
      return collecting(here, step);
    case 'withdraw':
      return withdrawing(here);
  }
};
