import type { Holds } from '@surety/sdk/page-verify';

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

/** The four links as a chain as wide as the words below it; decorative, those words say the same. */
export const WideChain = ({ holds }: { holds: readonly Holds[] }) => (
  <svg
    class="wide-chain"
    viewBox={`0 0 ${STEP * (holds.length - 1) + LENGTH + 6} ${HEIGHT + 6}`}
    aria-hidden="true"
    focusable="false"
  >
    {holds.map((state, index) => {
      const x = 3 + index * STEP;
      return state === 'refuted' ? (
        <path key={index} class="ring ring-refuted" d={torn(x)} />
      ) : (
        <rect
          key={index}
          class={`ring ring-${state}`}
          x={x}
          y={3}
          width={LENGTH}
          height={HEIGHT}
          rx={END}
          stroke-dasharray={state === 'shown' ? 'none' : '5 5'}
        />
      );
    })}
  </svg>
);
