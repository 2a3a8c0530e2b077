import type { DecidedBy, ReceiptStatus } from '@surety/sdk/page';

type Answer = { readonly decidedBy: DecidedBy; readonly status: ReceiptStatus };

/** How the answer came about, in one sentence that claims no more than happened. */
export const decidedWords = ({ decidedBy: by, status }: Answer): string => {
  switch (by.kind) {
    case 'market':
      return 'A price, not a ruling: nobody has decided yet, and it may still change.';
    case 'panel':
      return `An independent panel voted ${by.votesFor} to ${by.votesAgainst}, ${by.abstained} abstained. ${by.audited ? 'The operator states that people or an official record checked it.' : 'Unaudited: no person has checked it.'}`;
    case 'official':
      return `Decided by the official record of ${by.source}.`;
    case 'people':
      return `Decided by people. ${by.note}`;
    case 'court':
      return `The court ruled in round ${by.round}: ${by.votesFor} to ${by.votesAgainst} of ${by.jurors === 'ai' ? 'AI jurors; no person has looked' : 'people'}, ${by.silent} without a vote.`;
    case 'undecided':
      // Money moves only once nobody may challenge any more.
      return `Nobody could decide. Budgets ${status === 'provisional' ? 'are refunded once that is final' : 'were refunded'}. ${by.reason}`;
  }
};
