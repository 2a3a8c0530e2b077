import {
  isIterated,
  noSpotWords,
  type Run,
  type RunSpot,
  refutationReason,
  spotWords,
  valueText,
} from '@surety/sdk/page';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const Value = ({ value, missing }: { value: number | null; missing: string }) =>
  value === null ? <dd class="quiet">{missing}</dd> : <dd class="mono">{valueText(value)}</dd>;

const Values = ({ spot }: { spot: RunSpot }) => (
  <dl class="spot-values">
    <div>
      <dt>The provider says</dt>
      <Value value={spot.claimed} missing="not opened yet" />
    </div>
    <div>
      <dt>{spot.computedBy === 'own-run' ? 'This node’s own run says' : 'Computed from its operands'}</dt>
      <Value value={spot.computed} missing="not shown yet" />
    </div>
  </dl>
);

/** Which layer, which output: what a dispute has come down to so far. */
export const SpotCard = ({ run }: { run: Run }) => {
  const iterated = isIterated(run);
  const refutation = run.end?.kind === 'void' ? run.end.refutation : null;
  const { spot } = run;
  if (spot === null && refutation === null && run.disputes === 0) return null;
  const words = spot === null ? null : spotWords(spot, iterated);
  return (
    <section class="sheet spot" aria-labelledby="spot">
      <h2 id="spot">{run.state === 'open' ? 'What is disputed' : 'What was disputed'}</h2>
      {words === null ? (
        <p>{noSpotWords(run.route.kind)}</p>
      ) : (
        <p class="spot-place">
          {capital(words.place)}
          {words.elements !== null && <strong>{words.elements}</strong>}
        </p>
      )}
      {spot !== null && spot.elements !== null && spot.elements.first === spot.elements.last && <Values spot={spot} />}
      {refutation !== null && <p>{refutationReason(refutation)}</p>}
      {words !== null && <p class="small quiet">Layers and elements are counted from 0.</p>}
    </section>
  );
};
