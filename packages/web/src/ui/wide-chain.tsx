import type { LinkState } from './link-state.ts';

const LENGTH = 110;
const HEIGHT = 30;
const STEP = 97;
const END = HEIGHT / 2;

/** Left and right half of a torn link, drawn apart. */
const torn = (x: number): string => {
  const middle = x + LENGTH / 2;
  const left = `M${middle - 9} 3H${x + END}A${END} ${END} 0 0 0 ${x + END} ${HEIGHT + 3}H${middle - 14}`;
  const right = `M${middle + 14} 3H${x + LENGTH - END}A${END} ${END} 0 0 1 ${x + LENGTH - END} ${HEIGHT + 3}H${middle + 8}`;
  return left + right;
};

/** Share of a link's checks that are shown, percent. */
const shownPercent = (state: LinkState): number =>
  state.findings.length === 0 ? 0 : Math.floor((state.shownCount / state.findings.length) * 100);

const Ring = ({ state, x }: { state: LinkState; x: number }) => {
  const frame = { x, y: 3, width: LENGTH, height: HEIGHT, rx: END };
  if (state.holds === 'refuted') return <path class="ring ring-refuted" d={torn(x)} />;
  if (state.holds === 'shown') return <rect {...frame} class="ring ring-shown" />;
  const percent = shownPercent(state);
  return (
    <>
      <rect {...frame} class="ring ring-not-shown" stroke-dasharray="5 5" />
      {percent > 0 && <rect {...frame} class="ring ring-shown" pathLength={100} stroke-dasharray={`${percent} 100`} />}
    </>
  );
};

/**
 * The four links as a chain as wide as the words below it: solid as far as checks are shown, dashed for the rest,
 * torn where one is broken. Decorative, those words say the same.
 */
export const WideChain = ({ states }: { states: readonly LinkState[] }) => (
  <svg
    class="wide-chain"
    viewBox={`0 0 ${STEP * (states.length - 1) + LENGTH + 6} ${HEIGHT + 6}`}
    aria-hidden="true"
    focusable="false"
  >
    {states.map((state, index) => (
      <Ring key={state.link} state={state} x={3 + index * STEP} />
    ))}
  </svg>
);
