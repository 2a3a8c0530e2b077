import { type RunStage, STAGE_NAMES } from '@surety/sdk/page';

/** Where a claim stands, as a stamp. Final is not green: that nobody refuted it does not make it right. */
export const StageStamp = ({ stage }: { stage: RunStage }) => (
  <span class={`stamp stamp-run-${stage}`}>{STAGE_NAMES[stage]}</span>
);
