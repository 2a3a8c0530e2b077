import type { ReceiptStatus } from '@surety/sdk/page';

const MEANING: Readonly<Record<ReceiptStatus, string>> = {
  provisional: 'The first answer. It may still change.',
  final: 'Decided, and the time to challenge is over.',
  superseded: 'A later receipt replaces this one.',
  overturned: 'A later ruling found the opposite.',
};

/** A receipt's status as a stamp. Final is not green: it says that nothing more is due, not that it is true. */
export const StatusChip = ({ status }: { status: ReceiptStatus }) => (
  <span class={`stamp stamp-${status}`} title={MEANING[status]}>
    {status}
  </span>
);

export const statusMeaning = (status: ReceiptStatus): string => MEANING[status];
