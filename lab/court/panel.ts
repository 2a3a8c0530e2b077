/**
 * How a panel votes. Two jurors err together because of a common cause: each takes the common draw with chance √ρ and one of its own
 * otherwise, so that the errors of any two have correlation ρ. The same for abstaining.
 */
import { OUTCOME } from '../../packages/court/src/index.ts';
import type { splitmix } from '../../packages/court/test/random.ts';

type Random = ReturnType<typeof splitmix>;

/** Uniform draws of a panel, of which any two are the same with chance ρ. */
const together = (random: Random, correlation: number): (() => number) => {
  const common = random.unit();
  const share = Math.sqrt(correlation);
  return () => (random.unit() < share ? common : random.unit());
};

/** A juror's chances. */
export type Chances = { readonly coverage: number; readonly accuracy: number };

export type Panel = {
  readonly right: number;
  readonly wrong: number;
  readonly errorCorrelation: number;
  readonly doubtCorrelation: number;
};

/** The votes of one panel: call it for one juror after another. */
export const panelVotes = (random: Random, { right, wrong, errorCorrelation, doubtCorrelation }: Panel) => {
  const [doubt, error] = [together(random, doubtCorrelation), together(random, errorCorrelation)];
  return ({ coverage, accuracy }: Chances): number => {
    const abstains = doubt() >= coverage;
    const errs = error() >= accuracy;
    return abstains ? OUTCOME.abstain : errs ? wrong : right;
  };
};
