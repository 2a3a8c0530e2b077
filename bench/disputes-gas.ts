/**
 * `disputes-gas`: what disputes cost on a local chain, through the arbiter: whole transactions with their calldata, as the
 * hard fork counts it. The deciding step of every operator with values that have no zero byte (the dearest that there are), and
 * of a layer of a network of 18.9 million weights; answers to questions of every kind.
 */
import { unwrap } from '@surety/core';
import type { Tensor } from '@surety/programs';
import { answer, type Exchange, encodeQuestion, NO_RECORD, openProgram, openRun, type RunBook } from '@surety/proofs';
import { anyInput, mlpProgram, randomLayers } from '../packages/programs/test/networks.ts';
import { readAccumulators } from '../packages/proofs/src/optimistic/answer-judge.ts';
import { refuteElement } from '../packages/proofs/src/optimistic/refute.ts';
import type { View } from '../packages/proofs/src/optimistic/view.ts';
import { type Story, tell, truth } from '../packages/proofs/test/liar.ts';
import { rowsRun, wrongInRows } from '../packages/proofs/test/rows.ts';
import { shownAhead } from './disputes/claims.ts';
import { type Game, type Play, playLie, type Sides } from './disputes/game.ts';
import { openCourt } from './disputes-gas/court.ts';
import { largeRun, largest } from './disputes-gas/largest-answers.ts';
import { zoo, zooInputs } from './disputes-gas/zoo.ts';
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

/** The story with the last value of a node off by one, towards zero: so that some sum would have given it. */
const withWrong = (story: Story, node: number): Story => {
  const [step] = story.steps;
  const { dtype, shape, values } = step!.nodes[node] as Tensor;
  const wrong = values.slice();
  wrong[wrong.length - 1]! += wrong.at(-1)! > 0 ? -1 : 1;
  const nodes = step!.nodes.with(node, { dtype, shape, values: wrong });
  return { ...story, steps: [{ ...step!, nodes }] };
};

/** A dispute about a liar's claim. */
const play = async (sides: Sides, run: RunBook, view: View, options: Play): Promise<Game> => {
  const game = await playLie(run, view, sides, options);
  if (game.end !== 'refuted') throw new RangeError(`the liar was not refuted: ${game.why}`);
  return game;
};

const shown = ({ transactions, proof }: Game): string => `${transactions} transactions, ${proof!.length} bytes`;

/** Both ways of deciding about one node: the whole element, and a part of the sum behind it or its end. */
const decide = async (sides: Sides, run: RunBook, story: Story, name: string, node: number): Promise<Figure[]> => {
  const view = tell(withWrong(story, node));
  const whole = await play(sides, run, view, { decidingGas: Number.POSITIVE_INFINITY });
  const part = await play(sides, run, view, { decidingGas: 0 });
  const end = await play(sides, run, view, { decidingGas: 0, from: Number.POSITIVE_INFINITY });
  const isFold = part.transactions > whole.transactions;
  if (isFold && (part.wrong?.what !== 'partial' || end.wrong?.what !== 'end')) {
    throw new RangeError(`${name} is not taken apart: ${part.wrong?.what}, ${end.wrong?.what}`);
  }
  const least = Math.min(whole.deciding, isFold ? Math.max(part.deciding, end.deciding) : whole.deciding);
  const rows = [figure(`${name}: element`, whole.deciding, null, shown(whole))];
  if (isFold) {
    rows.push(figure(`${name}: part`, part.deciding, null, shown(part)));
    rows.push(figure(`${name}: end`, end.deciding, null, shown(end)));
  }
  return [...rows, figure(`${name}: the cheaper way`, least, name === AIMED ? AIMED_GAS : DECIDING_GAS)];
};

const operators = async (sides: Sides): Promise<Figure[]> => {
  const { program, cases } = zoo();
  const run = unwrap(await openRun(openProgram(program), zooInputs(program)));
  const story = await truth(run);
  const figures: Figure[] = [];
  for (const { name, node } of cases) figures.push(...(await decide(sides, run, story, name, node)));
  await run.close();
  return figures;
};

/** Eighteen layers of 1,024 × 1,024 weights with biases: 18.9 million parameters. */
const WIDTHS = Array.from({ length: 19 }, () => 1024);

const network = async (sides: Sides): Promise<Figure[]> => {
  const program = mlpProgram(WIDTHS, randomLayers(WIDTHS, 1));
  const run = unwrap(await openRun(openProgram(program), anyInput(program, 1)));
  const story = await truth(run);
  const view = tell(withWrong(story, 9));
  const inDispute = await play(sides, run, view, { ahead: await shownAhead(view) });
  const proof = refuteElement(view, (await view.step(0))!, 9, 1023, null);
  const direct = await sides.watcher.refute(await sides.provider.claim(view.run), 0, proof);
  if (!direct.isDone) throw new RangeError('the refutation without a dispute shows nothing');
  await run.close();
  return [
    figure(
      'layer of 18.9 M weights, with bias, top of the trace shown',
      inDispute.deciding,
      DECIDING_GAS,
      shown(inDispute),
    ),
    figure('the same without a dispute', direct.gas, DECIDING_GAS, `${proof.length} bytes`),
  ];
};

/** Values of a megabyte and more: the most that one answer tells apart at each size of a block, and one chunk too many. */
const CHUNKS = [49, 500, 2_000, 8_000, 8_001];
const LAYER_TRANSACTIONS = 4;

/** Disputes about the last chunk of large values, the top of the trace shown. */
const large = async (sides: Sides): Promise<Figure[]> => {
  const figures: Figure[] = [];
  for (const chunks of CHUNKS) {
    const run = await rowsRun(chunks);
    const view = tell(await wrongInRows(run, [chunks - 1]));
    const game = await play(sides, run, view, { ahead: await shownAhead(view) });
    await run.close();
    const answers = game.answers.reduce((a, b) => a + b, 0);
    figures.push({
      name: `value of ${chunks} chunks, top of the trace shown`,
      value: game.transactions,
      unit: 'transactions',
      goal: `<= ${LAYER_TRANSACTIONS}`,
      holds: game.transactions <= LAYER_TRANSACTIONS,
      peer: `${game.asked + answers + game.deciding} gas both sides, of it answers ${answers}`,
    });
  }
  return figures;
};

/** Answers of an honest provider, each as large as it may become. */
const answers = async ({ provider, watcher }: Sides): Promise<Figure[]> => {
  const run = await largeRun();
  const claimed = await provider.claim(run.run);
  const figures: Figure[] = [];
  let disputeId = 0;
  let record: Uint8Array = NO_RECORD;
  const askAbout = async (name: string, question: Uint8Array): Promise<Uint8Array> => {
    if (disputeId === 0) ({ disputeId } = await watcher.dispute(claimed, question));
    else await watcher.ask(claimed, disputeId, question);
    const told = unwrap(await answer(run, question, record));
    const { sent, record: left } = await provider.answer(claimed, disputeId, { question, answer: told });
    if (left === null) throw new RangeError(`${name} was not answered`);
    record = left;
    figures.push(figure(`answer to ${name}`, sent.gas, null, `${told.length} bytes`));
    return told;
  };
  let last: Exchange | null = null;
  for (const [name, question] of await largest(run)) {
    const asked = encodeQuestion(question);
    last = { question: asked, answer: await askAbout(name, asked) };
  }
  const partials = readAccumulators(last!.question, NO_RECORD, last!.answer)!;
  await askAbout('refine: 64 segments of one part', encodeQuestion({ kind: 'refine', part: 63, per: 1, partials }));
  await run.close();
  return figures;
};

/** All rows of the table. */
export const gasFigures = async (sides: Sides): Promise<Figure[]> => [
  ...(await network(sides)),
  ...(await operators(sides)),
  ...(await large(sides)),
  ...(await answers(sides)),
];

export const run = async (): Promise<Figure[]> => {
  const { court, parties } = await openCourt();
  try {
    return await gasFigures({ provider: parties[0]!, watcher: parties[1]! });
  } finally {
    await court.close();
  }
};
