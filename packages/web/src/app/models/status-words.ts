/** Where a version of a model stands, in words. */
import type { ModelVersion } from '@surety/sdk/page';
import { countdown, moment } from '../../ui/time.ts';

type Status = ModelVersion['status'];

/** The word of the stamp; overdue reads as what it is. */
export const STATUS_NAMES: Readonly<Record<Status, string>> = {
  open: 'open',
  hidden: 'hidden',
  revealed: 'revealed',
  overdue: 'overdue',
  'revealed-late': 'revealed late',
};

/** One sentence on what the status means at a moment. */
export const statusSentence = ({ status, revealBy, revealedAt }: ModelVersion, now: number): string => {
  const by = revealBy === null ? '' : moment(revealBy);
  switch (status) {
    case 'open':
      return 'Published in the open: anyone can fetch it.';
    case 'hidden':
      return (revealBy ?? 0) > now
        ? `To be revealed by ${by}, in ${countdown((revealBy ?? 0) - now)}.`
        : `Was to be revealed by ${by}.`;
    case 'revealed':
      return `Revealed in time, ${moment(revealedAt ?? 0)}. Its bond went back.`;
    case 'overdue':
      return `Was to be revealed by ${by}, and was not. Its bond is burnt.`;
    case 'revealed-late':
      return `Revealed late, ${moment(revealedAt ?? 0)} instead of ${by}. Its bond stays burnt.`;
  }
};
