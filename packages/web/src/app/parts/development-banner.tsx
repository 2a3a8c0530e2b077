import { signal } from '@preact/signals';
import { network } from '../state/network.ts';
import { keep, recall } from '../state/storage.ts';

const seen = signal(recall('development-seen', 'session') === 'yes');

/** Said once per session: what development means. The word itself stays in the header, on receipts and in the account. */
export const DevelopmentBanner = () => {
  const loaded = network.value;
  if (loaded.kind !== 'ready' || loaded.value.environment !== 'development' || seen.value) return null;
  const dismiss = (): void => {
    keep('development-seen', 'yes', 'session');
    seen.value = true;
  };
  return (
    <aside class="development" aria-label="Development">
      <p>
        <strong>Development.</strong> Play money on a local chain. Nothing here is worth anything, and nothing here
        should be relied on.
      </p>
      <button type="button" onClick={dismiss}>
        Understood
      </button>
    </aside>
  );
};
