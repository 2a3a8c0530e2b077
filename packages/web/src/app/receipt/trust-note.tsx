import { moment } from '../../ui/time.ts';
import { nodeChangedItsKeys, pinned } from '../state/trust.ts';

/** Against whose keys the page verified. */
export const TrustNote = () => {
  const now = pinned.value;
  return (
    <>
      {nodeChangedItsKeys() && (
        <p class="notice notice-warn">
          <strong>This node now names other keys than when you first visited it.</strong> Verification still uses the
          first ones. <a href="#/verify">Compare them</a> before you believe the new ones.
        </p>
      )}
      <p class="small quiet">
        {now === null
          ? 'No keys are pinned yet. '
          : now.from === 'file'
            ? `Verified in this browser against the trust file you gave on ${moment(now.since)}. `
            : `Verified in this browser against the keys this node named when you first visited it, ${moment(now.since)}. Whether they are the right ones, only a second source can tell. `}
        <a href="#/verify">Keys</a>
      </p>
    </>
  );
};
