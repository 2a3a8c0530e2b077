/**
 * `disputes-gas`: what disputes cost on a local chain, through the arbiter: whole transactions with their calldata, as the
 * hard fork counts it. The deciding step of every operator with values that have no zero byte (the dearest that there are), and
 * of a layer of a network of 18.9 million weights; answers to questions of every kind.
 */
import { unwrap } from '@surety/core';
import { allocate, type CheckedProgram, type Tensor } from '@surety/programs';
import { answer, encodeQuestion, NO_RECORD, openProgram, openRun, type Question, type RunBook } from '@surety/proofs';
import { anyInput, mlpProgram, randomLayers } from '../packages/programs/test/networks.ts';
import { Random } from '../packages/programs/test/random.ts';
import { refuteElement } from '../packages/proofs/src/optimistic/refute.ts';
import type { View } from '../packages/proofs/src/optimistic/view.ts';
import { dispute } from '../packages/proofs/test/dialogue.ts';
import { lie, type Story, tell, truth } from '../packages/proofs/test/liar.ts';
import { type Court, openCourt } from './disputes-gas/court.ts';
import { fullBytes, zoo } from './disputes-gas/zoo.ts';
import type { Figure } from './figure.ts';

const DECIDING_GAS = 300_000;
/** The goal for one dot product of the usual size. */
const AIMED_GAS = 160_000;
const AIMED = 'matmul K = 1,024';

const figure = (name: string, gas: number, goal: number | null, peer = ''): Figure => ({
  name,
  value: gas,
  unit: 'gas',
  goal: goal === null ? '' : `<= ${goal}`,
  holds: goal === null ? null : gas <= goal,
  peer,
});

/** The story with the last value of a node one bit off. */
const withWrong = (story: Story, node: number): Story => {
  const [step] = story.steps;
  const { dtype, shape, values } = step!.nodes[node] as Tensor;
  const wrong = values.slice();
  wrong[wrong.length - 1]! ^= 1;
  const nodes = step!.nodes.with(node, { dtype, shape, values: wrong });
  return { ...story, steps: [{ ...step!, nodes }] };
};

type Played = {
  readonly deciding: number;
  readonly answers: readonly number[];
  readonly transactions: number;
  readonly proofBytes: number;
};

/** A dispute about a liar's claim, on the chain. */
const play = async (
  court: Court,
  run: RunBook,
  view: View,
  { decidingGas, from }: { readonly decidingGas: number; readonly from: number },
): Promise<Played> => {
  const liar = { run: view.run, answer: (q: Uint8Array, record: Uint8Array) => lie(view, q, record, from) };
  const { proof, exchanges, record, transactions } = await dispute(run, liar, { decidingGas });
  if (proof === null) throw new RangeError('the liar was not refuted');
  const claimed = await court.claim(view.run);
  const answers: number[] = [];
  for (const [i, { question, answer: told }] of exchanges.entries()) {
    await (i === 0 ? court.dispute : court.ask)(claimed, question);
    answers.push(await court.answer(claimed, question, told));
  }
  const deciding = await court.refute(claimed, record !== NO_RECORD, proof);
  return { deciding, answers, transactions, proofBytes: proof.length };
};

const shown = ({ transactions, proofBytes }: Played): string => `${transactions} transactions, ${proofBytes} bytes`;

/** Both ways of deciding about one node: the whole element, and a part of the sum behind it or its end. */
const decide = async (court: Court, run: RunBook, story: Story, name: string, node: number): Promise<Figure[]> => {
  const view = tell(withWrong(story, node));
  const whole = await play(court, run, view, { decidingGas: Number.POSITIVE_INFINITY, from: 0 });
  const part = await play(court, run, view, { decidingGas: 0, from: 0 });
  const end = await play(court, run, view, { decidingGas: 0, from: Number.POSITIVE_INFINITY });
  const isFold = part.transactions > whole.transactions;
  const least = Math.min(whole.deciding, isFold ? Math.max(part.deciding, end.deciding) : whole.deciding);
  const rows = [figure(`${name}: element`, whole.deciding, null, shown(whole))];
  if (isFold) {
    rows.push(figure(`${name}: part`, part.deciding, null, shown(part)));
    rows.push(figure(`${name}: end`, end.deciding, null, shown(end)));
  }
  return [...rows, figure(`${name}: the cheaper way`, least, name === AIMED ? AIMED_GAS : DECIDING_GAS)];
};

const inputsOf = (program: CheckedProgram): Tensor[] => {
  const random = new Random(5);
  return program.inputs.map(({ dtype, shape, low, high }) => ({
    dtype,
    shape,
    values: low < 0 ? fullBytes(dtype, shape, random, high) : allocate(dtype, 1).fill(999),
  }));
};

const operators = async (court: Court): Promise<Figure[]> => {
  const { program, cases } = zoo();
  const run = unwrap(await openRun(openProgram(program), inputsOf(program)));
  const story = await truth(run);
  const figures: Figure[] = [];
  for (const { name, node } of cases) figures.push(...(await decide(court, run, story, name, node)));
  await run.close();
  return figures;
};

/** Eighteen layers of 1,024 × 1,024 weights with biases: 18.9 million parameters. */
const WIDTHS = Array.from({ length: 19 }, () => 1024);

const network = async (court: Court): Promise<Figure[]> => {
  const layers = randomLayers(WIDTHS, 1);
  const bare = mlpProgram(WIDTHS, layers);
  const figures: Figure[] = [];
  const run = unwrap(await openRun(openProgram(bare), anyInput(bare, 1)));
  const story = await truth(run);
  const view = tell(withWrong(story, 9));
  const inDispute = await play(court, run, view, { decidingGas: Number.POSITIVE_INFINITY, from: 0 });
  figures.push(figure('layer of 18.9 M weights, with bias', inDispute.deciding, DECIDING_GAS, shown(inDispute)));
  const proof = refuteElement(view, (await view.step(0))!, 9, 1023, null);
  const claimed = await court.claim(view.run);
  const direct = await court.refute(claimed, false, proof);
  figures.push(figure('the same without a dispute', direct, DECIDING_GAS, `${proof.length} bytes`));
  const honest = await court.claim(run.run);
  const node = { of: 'node', step: 0, index: 9 } as const;
  const questions: readonly (readonly [string, Question])[] = [
    ['part: all 18 values', { kind: 'part', place: node, level: 0, first: 0, count: 128 }],
    ['part: one hash of a chunk tree', { kind: 'chunk-part', place: node, level: 31, first: 0, count: 1 }],
    ['data: 1 chunk', { kind: 'data', place: node, chunk: 0, count: 1 }],
    ['partials: 1 part', { kind: 'partials', step: 0, node: 9, element: 5, segments: 1, per: 1 }],
    ['partials: 64 parts', { kind: 'partials', step: 0, node: 9, element: 5, segments: 64, per: 1 }],
  ];
  for (const [i, [name, question]] of questions.entries()) {
    const asked = encodeQuestion(question);
    const told = unwrap(await answer(run, asked, NO_RECORD));
    await (i === 0 ? court.dispute : court.ask)(honest, asked);
    figures.push(figure(`answer to ${name}`, await court.answer(honest, asked, told), null, `${told.length} bytes`));
  }
  await run.close();
  return figures;
};

export const run = async (): Promise<Figure[]> => {
  const court = await openCourt();
  try {
    return [...(await network(court)), ...(await operators(court))];
  } finally {
    await court.close();
  }
};
