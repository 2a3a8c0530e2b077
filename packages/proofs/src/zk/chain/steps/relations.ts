/** From the output and the lookups down to claims on what is committed to: `route/route.ts` over what steps compute. */

import { assertInvariant } from '@surety/core';
import type { Interval } from '@surety/programs';
import type { Claim } from '../../commit/place.ts';
import type { ProofPlan } from '../../plan/plan.ts';
import { Router } from '../../route/route.ts';
import { verifierSide } from '../../verify/side.ts';
import type { StepChannel } from './channel.ts';
import { checkingSteps } from './checking.ts';
import type { StepForm } from './forms.ts';
import { type DataTensor, evaluateSteps } from './integers.ts';
import type { Looked } from './lookups.ts';
import type { Shadows, StepValue } from './values.ts';

/** That the values at a place take a value at a point. */
export type StepClaim = Claim<StepForm, StepValue>;

/** What relations need beside the transcript. */
export type Relating = {
  readonly channel: StepChannel;
  readonly plan: ProofPlan;
  readonly shadows: Shadows;
  readonly looked: Looked;
  /** Where the input begins in the data, if it is shown, and the output. */
  readonly inputAt: number | null;
  readonly outputAt: number;
  readonly pause: () => Promise<void>;
};

/** Two integers of no larger magnitude are not the same element. */
const MAX_OUTPUT: Interval = { low: -(2 ** 30) + 1, high: 2 ** 30 - 1 };

/** All claims that are left to be opened, in the order in which both sides weigh them. */
export const relationSteps = async ({
  channel,
  plan,
  shadows,
  looked,
  inputAt,
  outputAt,
  pause,
}: Relating): Promise<readonly StepClaim[]> => {
  const { graph } = plan;
  const { book } = channel.listener;
  const [input] = graph.inputs;
  const shown: DataTensor | null = inputAt === null ? null : { type: input!, range: input!, offset: inputAt };
  const output: DataTensor = { type: graph.types[graph.outputs[0]!.value]!, range: MAX_OUTPUT, offset: outputAt };
  const side = verifierSide<StepForm, StepValue, DataTensor>({
    checking: checkingSteps(channel, plan, shadows, shown),
    sums: (asks) =>
      asks.map(({ claim, variables, weights }) => {
        const { point, value } = channel.sumcheck(claim, variables, weights);
        return { point: point.map((ref) => shadows.of(ref)), value };
      }),
    plan,
    shownAt: (tensor, point) => shadows.of(evaluateSteps(book, tensor, point)),
    // `fits.ts` lets programs have one output, and no answer of an argmax.
    alike: () => assertInvariant(false, 'There is one output.'),
    margin: () => {
      assertInvariant(false, 'The output is no index.');
    },
    reached: pause,
  });
  const at = (tensor: DataTensor, point: readonly StepValue[]): StepValue =>
    shadows.of(evaluateSteps(book, tensor, point));
  return new Router(plan, side).run(looked, [output], at);
};
