import type { Cover } from '@surety/sdk/page';
import { dollarsExact } from '../amount.ts';
import { moment } from '../time.ts';

/** Who is paid what if the answer is overturned; for everybody else, that they are not. */
export const coverWords = (cover: Cover | null, reader: string | null): string => {
  if (cover === null) return 'None. You are not compensated if this answer is overturned.';
  const pays = `${dollarsExact(cover.amountMicroUsd)} to ${cover.beneficiary} if it is overturned before ${moment(cover.until)}.`;
  return cover.beneficiary === reader ? pays : `${pays} That is not you: you are not compensated.`;
};
