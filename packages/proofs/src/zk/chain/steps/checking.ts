/** The verifier of relations as steps: what `relations/checking.ts` says of elements, of what steps will compute. */
import { assertInvariant } from '@surety/core';
import type { Tensor, ValueId } from '@surety/programs';
import { inverse, inverse1 } from '../../field/ext.ts';
import { constantOf, isInput } from '../../graph/graph.ts';
import { isOpen } from '../../plan/open.ts';
import { isLean, type ProofPlan } from '../../plan/plan.ts';
import type { Checking } from '../../relations/checking.ts';
import type { RelationContext } from '../../relations/context.ts';
import { pointOf, weightsOf } from '../../relations/linear.ts';
import type { StepChannel } from './channel.ts';
import { known, minus, type StepForm, scaled } from './forms.ts';
import { type DataTensor, evaluateSteps, integerSteps } from './integers.ts';
import { type Shadows, STEPS, type StepValue } from './values.ts';
import { totalSteps, weighedSteps, weightSteps } from './weights.ts';
import type { Maker } from './writer.ts';

const makerOf =
  (value: StepValue): Maker =>
  (step) =>
    step.value(value);

/** A form times what everybody can compute. */
const by = (form: StepForm, value: StepValue): StepForm =>
  'known' in value ? (value.known === 0 ? [] : scaled(form, value.known)) : scaled(form, 1, makerOf(value));

const contextOf = (plan: ProofPlan): RelationContext<StepValue> => ({
  arithmetic: STEPS,
  types: plan.types,
  isOpen: (id) => isOpen(plan, id),
  indices: (id): Tensor => {
    // `fits.ts` refuses programs whose input chooses: it is not known when steps are written.
    assertInvariant(!isInput(plan.graph, id), 'Indices are constants.');
    const { dtype, shape, read } = constantOf(plan.graph, id);
    return { dtype, shape, values: read() };
  },
  varies: (id) => isInput(plan.graph, id),
  place: (id) => plan.values.get(id) ?? null,
  relus: (id) => plan.relus.get(id) ?? [],
});

/** @param input where the input lies, if it is shown */
export const checkingSteps = (
  channel: StepChannel,
  plan: ProofPlan,
  shadows: Shadows,
  input: DataTensor | null,
): Checking<StepForm, StepValue> => {
  // Their proofs leave no value to the opening, and join no sumchecks.
  assertInvariant(!isLean(plan), 'Architectures commit to constants.');
  const { listener } = channel;
  const { book } = listener;
  const inverted = (value: StepValue): StepValue => {
    if ('known' in value) return STEPS.number(inverse1(value.known));
    const record = book.step((step) => [step.invert(step.value(value))]);
    return shadows.of({ record, word: 0 }, inverse(value.shadow));
  };
  // `fits.ts` refuses programs that read a public constant otherwise than by its indices.
  const inData = (id: ValueId): DataTensor => {
    assertInvariant(isInput(plan.graph, id) && input !== null, 'What is evaluated is an input that is shown.');
    return input;
  };
  return {
    context: contextOf(plan),
    challenges: (count) => (count === 0 ? [] : listener.challenges(count).map((ref) => shadows.of(ref))),
    receive: channel.receive,
    left: null,
    product: channel.product,
    zero: channel.zero,
    known: (value) => ('known' in value ? known(null, value.known) : known(makerOf(value))),
    combined: (parts) => parts.flatMap(([form, value]) => by(form, value)),
    scaled: by,
    minus,
    inverse: inverted,
    // A factor that is 0 fails there.
    without: (form, factor) => by(form, inverted(factor)),
    total: (values) => totalSteps(book, shadows, values),
    weighed: (numbers, at, times) => weighedSteps(book, shadows, numbers, at, times),
    openPart: (part) => {
      const axes = weightsOf(part).length === 0 ? [{ at: pointOf(part, []) }] : part.axes;
      return shadows.of(integerSteps(book, inData(part.operand), axes));
    },
    openAt: (id, point) => shadows.of(evaluateSteps(book, inData(id), point)),
    weightAt: (weights, point) => weightSteps(book, shadows, weights, point),
  };
};
