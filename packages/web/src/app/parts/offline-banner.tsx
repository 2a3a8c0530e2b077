import { reachable } from '../state/network.ts';

/** What still works without the node, while it is away. */
export const OfflineBanner = () => (
  <div role="status">
    {!reachable.value && (
      <p class="offline">
        <strong>No connection to the node.</strong> What you see may be old. Receipts can still be verified. Trying
        again…
      </p>
    )}
  </div>
);
