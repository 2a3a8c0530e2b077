/** Giving this node the text behind an open vote. */
import { type Ballot, groundsPlace, type Problem } from '@surety/sdk/page';

const NEXT = 'Your vote counts without it. Try again.';

/** @returns what kept it from being stored; `null` where it is */
export const publishGrounds = async (ballot: Ballot): Promise<Problem | null> => {
  try {
    const response = await fetch(groundsPlace(ballot), { method: 'PUT', body: ballot.reason });
    if (response.ok) return null;
    const message = `The node did not store why you voted so (status ${response.status}).`;
    return { code: 'http.not-surety', message, next: NEXT };
  } catch {
    return { code: 'http.unreachable', message: 'The node is not there to store why you voted so.', next: NEXT };
  }
};
