import { feedState } from '../state/feed.ts';
import { reachable } from '../state/network.ts';

/** Said while the stream is being picked up again where it stopped. */
export const FeedBanner = () => (
  <div role="status">
    {feedState.value === 'behind' && reachable.value && (
      <p class="behind small">Connecting again. Nothing is lost: the feed resumes after the last trade you saw.</p>
    )}
  </div>
);
