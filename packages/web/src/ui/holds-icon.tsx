import type { Holds } from '@surety/sdk/page';

/** Tick, dashed ring or torn ring; decorative, the word stands beside it. */
export const HoldsIcon = ({ holds }: { holds: Holds }) => (
  <svg
    class={`holds-icon holds-${holds}`}
    viewBox="0 0 20 20"
    width="20"
    height="20"
    aria-hidden="true"
    focusable="false"
  >
    {holds === 'shown' && (
      <>
        <circle class="solid" cx="10" cy="10" r="9" />
        <path class="cut" d="M5.8 10.4l2.8 2.8 5.6-6" />
      </>
    )}
    {holds === 'not-shown' && <circle class="outline" cx="10" cy="10" r="8" stroke-dasharray="3.4 2.9" />}
    {holds === 'refuted' && (
      <>
        <circle class="solid" cx="10" cy="10" r="9" />
        <path class="cut" d="M6.6 6.6l6.8 6.8M13.4 6.6l-6.8 6.8" />
      </>
    )}
  </svg>
);
