import type { Holds } from '@surety/sdk/page';

const RADIUS = 17;
const STEP = 27;

/** How a ring is drawn: whole when shown, dashed when not shown, torn open when broken. Never colour alone. */
const DASH: Readonly<Record<Holds, string>> = {
  shown: 'none',
  'not-shown': '4.5 4.4',
  refuted: `${RADIUS * Math.PI * 1.55} ${RADIUS * Math.PI * 0.45}`,
};

/** The four links as a chain of rings; decorative, the words stand beside it. */
export const ChainMark = ({ holds, height = 40 }: { holds: readonly (Holds | 'plain')[]; height?: number }) => (
  <svg
    class="chain-mark"
    viewBox={`0 0 ${STEP * (holds.length - 1) + RADIUS * 2 + 6} ${RADIUS * 2 + 6}`}
    height={height}
    aria-hidden="true"
    focusable="false"
  >
    {holds.map((state, index) => (
      <circle
        key={index}
        class={`ring ring-${state}`}
        cx={RADIUS + 3 + index * STEP}
        cy={RADIUS + 3}
        r={RADIUS}
        stroke-dasharray={state === 'plain' ? 'none' : DASH[state]}
        transform={state === 'refuted' ? `rotate(-50 ${RADIUS + 3 + index * STEP} ${RADIUS + 3})` : undefined}
      />
    ))}
  </svg>
);
