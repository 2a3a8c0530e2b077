import { useEffect } from 'preact/hooks';
import { ProveHere } from '../prove/prove-here.tsx';
import { VerifyProofHere } from '../prove/verify-here.tsx';
import { loadWorker } from '../prove/work.ts';

/** Proofs of runs, made and checked in the tab: nothing of them is sent anywhere. */
export const ProveView = () => {
  useEffect(loadWorker, []);
  return (
    <div class="column-receipt stack prove">
      <h1>Prove a run</h1>
      <p class="lede">
        That a program gave an output on an input, without showing the input, the weights, or either. Made and checked
        in this tab.
      </p>
      <div class="notice">
        <p>
          <strong>What is sent: nothing.</strong> Program, input and proof stay in this browser; proving and checking
          make no request at all. Go offline and try: it works the same.
        </p>
      </div>
      <ProveHere />
      <VerifyProofHere />
    </div>
  );
};
