import { account } from '../state/account.ts';
import { passkey } from '../state/passkey.ts';

/** An address, short; one's own is said to be. */
export const AccountName = ({ address }: { address: string }) =>
  account.value?.address === address || passkey.value?.account === address ? (
    <span title={address}>you</span>
  ) : (
    <span class="mono" title={address}>
      {address.slice(0, 8)}…{address.slice(-4)}
    </span>
  );
