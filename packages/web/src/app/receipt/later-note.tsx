import { type Receipt, receiptIdOf, type Verification } from '@surety/sdk/verify';
import { HexText } from '../../ui/hex-text.tsx';
import { href } from '../router.ts';

type Props = { readonly verification: Verification; readonly latest: Receipt };

/** What the log said of later rulings, and the way to the newest receipt if that is another one. */
export const LaterNote = ({ verification, latest }: Props) => {
  const check = verification.checks.find(({ name }) => name === 'later-rulings');
  const latestId = receiptIdOf(latest);
  if (check === undefined) return null;
  return (
    <p class="notice" role="status">
      <span>
        <HexText text={check.summary} />
      </span>
      {latestId !== verification.receiptId && (
        <a href={href({ kind: 'receipt', receiptId: latestId })}>Open the newest receipt</a>
      )}
    </p>
  );
};
