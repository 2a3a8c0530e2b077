/** `@surety/node/court-person` as a program: what a court's registry of persons is, and what it says of the own key. Sends nothing. */
import { type CourtPlaces, openCourt } from '../juror/open-court.ts';
import { ownAddress, readTask, runProgram, say } from '../watch/program.ts';
import { personHere } from './person.ts';

const run = async (): Promise<void> => {
  const { chain, setting } = await openCourt(readTask<CourtPlaces>());
  const me = ownAddress(chain);
  const { registry, issuer, environment, person } = await personHere({ chain, setting }, me);
  say({ kind: 'person', chainId: chain.chainId, me, registry, issuer, environment, ...person });
};

runProgram(run);
