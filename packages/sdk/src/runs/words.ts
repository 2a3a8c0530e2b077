/** Questions, answers and refutations of a dispute in words: which layer, which output, which values. */
import type { RunAnswer, RunPlace, RunQuestion, RunRefutation, RunRouteKind, RunSpot } from '@surety/protocol';

const MINUS = '−';

const integer = (value: number): string => (value < 0 ? `${MINUS}${-value}` : String(value));

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** `8 × 10`, or `one number` where there are no dimensions. */
const shapeWords = (shape: readonly number[]): string => (shape.length === 0 ? 'one number' : shape.join(' × '));

const typeWords = ({ operator, dtype, shape }: RunPlace): string => {
  const parts = [operator ?? '', shape === null ? '' : shapeWords(shape), dtype === null ? '' : dtype].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
};

const inStep = (step: number | null, iterated: boolean): string =>
  step !== null && iterated ? ` of step ${step}` : '';

/**
 * What a question or a proof is about: `layer 3 (matmul, 1 × 10, i32)`. Counted from 0, as in spec 12.
 * @param iterated whether the program runs more than once, so that a step has to be named
 */
export const placeWords = (place: RunPlace, iterated: boolean): string => {
  const { of, step, index } = place;
  const at = inStep(step, iterated);
  const whole = index === null;
  switch (of) {
    case 'steps':
      return 'the steps';
    case 'node':
      return whole ? `the values of all layers${at}` : `layer ${index}${at}${typeWords(place)}`;
    case 'step-input':
      return whole ? `the inputs${at}` : `input ${index}${at}${typeWords(place)}`;
    case 'input':
      return whole ? 'the inputs' : `input ${index}${typeWords(place)}`;
    case 'output':
      return whole ? 'the outputs' : `output ${index}${typeWords(place)}`;
  }
};

/** An element by its place in the tensor's shape, `[0, 7]`, or by its number where the shape is not known. */
export const elementWords = (element: number, shape: readonly number[] | null): string => {
  if (shape === null || shape.length < 2) return `element ${element}`;
  const at: number[] = [];
  let rest = element;
  for (const size of shape.toReversed()) {
    at.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return `element [${at.join(', ')}]`;
};

const rangeWords = (first: number, last: number, one: string): string =>
  first === last ? `${one} ${first}` : `${one}s ${first} to ${last}`;

const LEAVES: Readonly<Record<RunPlace['of'], string>> = {
  steps: 'step',
  node: 'layer',
  'step-input': 'input',
  input: 'input',
  output: 'output',
};

/** What is asked. */
export const questionWords = (question: RunQuestion, iterated: boolean): string => {
  switch (question.kind) {
    case 'part': {
      const { place, leaves, perHash } = question;
      const range = rangeWords(leaves.first, leaves.last, LEAVES[place.of]);
      const blocks = perHash === 1 ? '' : `, one for every ${perHash}`;
      const step = place.of === 'node' ? inStep(place.step, iterated) : '';
      return `Open the hashes of ${range}${step}${blocks}.`;
    }
    case 'chunks': {
      const { place, elements, leaves, differing } = question;
      const what =
        elements === null
          ? rangeWords(leaves.first, leaves.last, 'chunk')
          : rangeWords(elements.first, elements.last, 'element');
      const where = `${what} of ${placeWords(place, iterated)}`;
      return differing ? `Open some of ${where} that are not as the challenger says.` : `Open ${where}.`;
    }
    case 'partials': {
      const { place, element, segments, per } = question;
      return `How did ${elementWords(element, place.shape)} of ${placeWords(place, iterated)} come about? State the running result after every ${per === 1 ? 'segment' : `${per} segments`} of its ${segments}.`;
    }
    case 'refine': {
      const { place, element, part, per } = question;
      return `The same for ${elementWords(element, place.shape)} of ${placeWords(place, iterated)} within part ${part}, after every ${per === 1 ? 'segment' : `${per} segments`}.`;
    }
    case 'data':
      return `Show ${rangeWords(question.chunks.first, question.chunks.last, 'chunk')} of the data of the proof.`;
    case 'records': {
      const { leaves, perHash } = question;
      return `Open the hashes of what steps ${leaves.first} to ${leaves.last} of the verifier wrote${perHash === 1 ? '' : `, one for every ${perHash}`}.`;
    }
    case 'step':
      return `Carry out step ${question.step} of the verifier: what it reads, and what it writes.`;
    case 'proof':
      return 'Show the proof.';
    case 'unread':
      return 'A question that this node cannot read.';
  }
};

/** Values that are shown at most. */
const SHOWN = 12;

const valueWords = (values: readonly number[], count: number): string => {
  const seen = values.slice(0, SHOWN).map(integer).join(', ');
  return count > Math.min(values.length, SHOWN) ? `${seen} …` : `${seen}.`;
};

/** What was answered. */
export const answerWords = ({ shows, opened, bytes }: RunAnswer): string => {
  switch (shows) {
    case 'hashes':
      return `Opened: the hashes, ${many(bytes, 'byte')}.`;
    case 'values':
    case 'accumulators': {
      const what = shows === 'values' ? 'value' : 'running result';
      return opened === null
        ? `Opened, ${many(bytes, 'byte')}.`
        : `${shows === 'values' ? 'Opened' : 'Stated'}: ${many(opened.count, what)}: ${valueWords(opened.values, opened.count)}`;
    }
    case 'nothing-there':
      return 'Showed that there is no such place.';
    case 'data':
      return `Shown: data of the proof, ${many(bytes, 'byte')}.`;
    case 'records':
      return `Opened: the hashes, ${many(bytes, 'byte')}.`;
    case 'step':
      return 'Carried out: the contract finds that the step follows.';
    case 'proof':
      return 'Shown: a proof that the contract finds to hold.';
    case 'unread':
      return `Answered with ${many(bytes, 'byte')} that this node cannot read.`;
  }
};

const REFUTED: Readonly<Record<RunRefutation['kind'], string>> = {
  element: 'A value is not what its operator gives.',
  partial: 'One part of a long sum does not lead from one stated result to the next.',
  end: 'The last stated result does not give the value.',
  output: 'The outputs are not what the run computed.',
  stacked: 'An output is not the value of its step.',
  link: 'A step did not begin with what the step before gave.',
  slice: 'A step did not read its part of the input.',
  input: 'An input is of another type or range than the program takes.',
  unread: 'A proof that this node cannot read.',
};

/** What was shown to be wrong, without saying where. */
export const refutationReason = ({ kind }: Pick<RunRefutation, 'kind'>): string => REFUTED[kind];

/** What was shown to be wrong, where, and by which values. */
export const refutationWords = (refutation: RunRefutation, iterated: boolean): string => {
  const { kind, place, element, claimed, computed } = refutation;
  const where =
    place === null
      ? ''
      : element === null
        ? ` In ${placeWords(place, iterated)}.`
        : ` At ${elementWords(element, place.shape)} of ${placeWords(place, iterated)}.`;
  const values =
    claimed === null
      ? ''
      : computed === null
        ? ` Claimed: ${integer(claimed)}.`
        : ` Claimed: ${integer(claimed)}; computed: ${integer(computed)}.`;
  return `${REFUTED[kind]}${where}${values}`;
};

/** What a dispute has come down to: the layer or list, and the element or elements in it. */
export const spotWords = (
  { place, elements }: RunSpot,
  iterated: boolean,
): { readonly place: string; readonly elements: string | null } => ({
  place: placeWords(place, iterated),
  elements:
    elements === null
      ? null
      : elements.first === elements.last
        ? elementWords(elements.first, place.shape)
        : rangeWords(elements.first, elements.last, 'element'),
});

/** Why nothing can be said of what a disputed claim has come down to. */
export const noSpotWords = (routeKind: RunRouteKind): string => NO_SPOT[routeKind];

/** What a route does, after its address. */
export const ROUTE_WORDS: Readonly<Record<RunRouteKind, string>> = {
  tensor: 'judges tensor programs',
  proof: 'checks the whole proof of the run',
  'proof-steps': 'carries out any step of the verifier of the proof that somebody disputes',
  other: 'is none that can be read here',
};

const NO_SPOT: Readonly<Record<RunRouteKind, string>> = {
  tensor: 'The moves so far have not come down to a layer.',
  proof: 'The proof of the run, which the contract checks whole.',
  'proof-steps': 'A step of the verifier of its proof, or the data of that: the moves say which.',
  other: 'This claim’s route is none that can be read here.',
};

const WEI_DIGITS = 18;

/** An amount of the chain's own currency, from its smallest unit: all digits that matter, `0.003`. */
export const nativeWords = (wei: string): string => {
  const digits = wei.padStart(WEI_DIGITS + 1, '0');
  const fraction = digits.slice(-WEI_DIGITS).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -WEI_DIGITS) : `${digits.slice(0, -WEI_DIGITS)}.${fraction}`;
};

/** A value as it is written in words. */
export const valueText = integer;
