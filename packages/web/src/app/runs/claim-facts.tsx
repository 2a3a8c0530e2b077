import { ROUTE_WORDS, type Run } from '@surety/sdk/page';
import { dollarsExact } from '../../ui/amount.ts';
import { HexText } from '../../ui/hex-text.tsx';
import { moment, span } from '../../ui/time.ts';
import { AccountName } from './account-name.tsx';

const Cover = ({ run }: { run: Run }) => {
  const { reservedMicroUsd, leftMicroUsd, premiumPpm } = run.cover;
  const open = run.state === 'open' && run.openDisputes === 0;
  return (
    <>
      {dollarsExact(reservedMicroUsd)} reserved
      {run.state === 'open' && `, ${dollarsExact(leftMicroUsd)} left at ${premiumPpm / 10_000} %`}
      {run.state === 'open' && !open && (
        <span class="small quiet block">None can be reserved while a dispute is open.</span>
      )}
    </>
  );
};

/** What was agreed and what was committed to. */
export const ClaimFacts = ({ run }: { run: Run }) => (
  <section class="sheet" aria-labelledby="facts">
    <h2 id="facts">The claim</h2>
    <dl class="leaders">
      <div>
        <dt>Claim</dt>
        <dd>
          <HexText text={run.claimId} />{' '}
          <span class="small quiet">
            in a terminal: <code>surety dispute {run.claimId.slice(0, 12)}</code>
          </span>
        </dd>
      </div>
      <div>
        <dt>Program</dt>
        <dd>
          <HexText text={run.program.id} />{' '}
          <span class="small quiet">{run.program.held ? 'held by this node' : 'not held by this node'}</span>
        </dd>
      </div>
      <div>
        <dt>Input</dt>
        <dd>
          <HexText text={run.input} />
        </dd>
      </div>
      <div>
        <dt>Output claimed</dt>
        <dd>
          <HexText text={run.output} />
        </dd>
      </div>
      <div>
        <dt>Trace</dt>
        <dd>
          <HexText text={run.trace} /> <span class="small quiet">commits to every value in between</span>
        </dd>
      </div>
      <div>
        <dt>Provider</dt>
        <dd>
          <AccountName address={run.provider} />
        </dd>
      </div>
      <div>
        <dt>Requester</dt>
        <dd>
          <AccountName address={run.requester} />
        </dd>
      </div>
      <div>
        <dt>Route</dt>
        <dd>
          <AccountName address={run.route.verifier} /> <span class="small quiet">{ROUTE_WORDS[run.route.kind]}</span>
        </dd>
      </div>
      <div>
        <dt>Bond</dt>
        <dd>
          {dollarsExact(run.bondMicroUsd)}{' '}
          {run.environment === 'development' && <span class="development-word">development</span>}
        </dd>
      </div>
      <div>
        <dt>Price</dt>
        <dd>{dollarsExact(run.priceMicroUsd)}</dd>
      </div>
      <div>
        <dt>Cover</dt>
        <dd>
          <Cover run={run} />
        </dd>
      </div>
      <div>
        <dt>Claimed</dt>
        <dd>{moment(run.madeAt)}</dd>
      </div>
      <div>
        <dt>Window</dt>
        <dd>
          {span(run.windowSeconds)}, until {moment(run.windowEndsAt)}
        </dd>
      </div>
      {run.proofRequired && (
        <div>
          <dt>Proof</dt>
          <dd>paid only for a proof on the chain within the window</dd>
        </div>
      )}
      <div>
        <dt>Clock</dt>
        <dd>{span(run.clockSeconds)} for each side of a dispute, for all its moves</dd>
      </div>
    </dl>
    <p class="small quiet">
      Read by this node from the Arbiter <AccountName address={run.chain.arbiter} /> on chain {run.chain.chainId} at
      block {run.chain.block}.
    </p>
  </section>
);
