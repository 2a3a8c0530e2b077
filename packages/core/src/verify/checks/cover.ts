/** Cover: who is paid if the receipt is overturned, and whether that is you. */
import { formatDollars } from '../../amounts.ts';
import { broken, type Check, checkOf, type Opened } from '../check.ts';

const NOT_YOU = 'You are not compensated if this is overturned.';

/**
 * @param options.relyingParty EIP-55 address of whoever relies on the receipt; `null` when they did not say
 * @param options.isPinned whether the issuer, who pays, is one that the verifier believes in
 */
export const checkCover = (
  { receipt, statement, now }: Opened,
  { relyingParty, isPinned }: { readonly relyingParty: string | null; readonly isPinned: boolean },
): Check => {
  const { cover } = statement.predicate;
  if (cover === null) {
    return checkOf('cover', {
      holds: 'not-shown',
      summary: `No cover: ${NOT_YOU.toLowerCase()}`,
      assumes: ['you can bear the loss if it is overturned'],
      doesNotProve: ['that anybody pays if it is overturned'],
    });
  }
  const { issuer } = receipt.eip712;
  const { status } = statement.predicate;
  if (cover.payer !== issuer) {
    return broken('cover', {
      code: 'receipt.inconsistent',
      message: `Cover is promised from the bond of ${cover.payer}, which did not sign it.`,
      next: 'Do not rely on this cover: only the issuer can promise its own bond.',
      field: 'predicate.cover.payer',
      value: cover.payer,
      limit: issuer,
    });
  }
  const until = new Date(cover.until * 1000).toISOString();
  const terms = `${formatDollars(BigInt(cover.amountMicroUsd))} from the bond of ${cover.payer} to ${cover.beneficiary} if overturned before ${until}`;
  if (status === 'superseded' || status === 'overturned') {
    // Contracts and ledger take cover from answers only: a notice repeats what the answer promised.
    return checkOf('cover', {
      holds: 'not-shown',
      summary: `The ${status} answer carried cover: ${terms}. This notice promises none of its own.`,
      assumes: ['the receipt that was replaced, for what it promised'],
      doesNotProve: ['that anything is owed: redeem with the receipt that was replaced'],
      freshAt: statement.predicate.issuedAt,
    });
  }
  const over = now > cover.until ? ' The time has passed.' : '';
  const forYou = isPinned && relyingParty === cover.beneficiary && now <= cover.until;
  const stranger = isPinned ? '' : ' Whoever promises it is not pinned in your trust file.';
  return checkOf('cover', {
    holds: forYou ? 'shown' : 'not-shown',
    summary: `Cover: ${terms}.${over}${stranger}${forYou ? ' That is you.' : ` ${NOT_YOU}`}`,
    proves: [{ property: 'authenticity', of: 'the promise of cover: the issuer signed amount, beneficiary and time' }],
    assumes: [
      `the bond of ${cover.payer} still holds what is reserved`,
      'the operator posts honest balance roots: they cannot be disputed on chain yet',
    ],
    doesNotProve: ['that the bond will be there when it is claimed', 'anything for anybody but the beneficiary'],
    freshAt: statement.predicate.issuedAt,
  });
};
