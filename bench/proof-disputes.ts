/**
 * `proof-disputes`: claims by a proof whose verifier a contract carries out step by step (spec 20.6): what they take, what a
 * challenger and an answer take, and whether each of many lies ends at a step that the contract refuses. Beside them the same
 * proof checked whole, here and, where it is small enough, by a contract.
 */
import { unwrap } from '@surety/core';
import type { CheckedProgram } from '@surety/programs';
import {
  answerStep,
  chainProof,
  checkData,
  commit,
  encodeStepQuestion,
  prove,
  type StepClaimed,
  type StepQuestion,
  stepClaim,
  stepProgram,
  verify,
} from '@surety/proofs/zk';
import { CHAINS, chainProgram } from '../contracts/test/verifiers/chains.ts';
import { openProofStepVerifier, openProofVerifier } from '../contracts/test/verifiers/harness.ts';
import {
  anyInput,
  MLP_WIDTHS,
  mlpProgram,
  randomLayers,
  VGG16,
  vggProgram,
} from '../packages/programs/test/networks.ts';
import { Random } from '../packages/programs/test/random.ts';
import { digits, siteNames } from '../packages/proofs/test/bundled.ts';
import { challenged, type Hides, pretended } from '../packages/proofs/test/step-lies.ts';
import type { Figure } from './figure.ts';

const STEP_GAS = 300_000;
const ANSWER_GAS = 1_000_000;
const LIES = Number(process.env.SURETY_BENCH_CASES ?? 100);
const [NO_QUESTION, NO_RECORD] = [new Uint8Array(), new Uint8Array(32)];

type Route = Awaited<ReturnType<typeof openProofStepVerifier>>;

const plain = (name: string, value: number, unit: string, peer = ''): Figure => ({
  ...{ name, value, unit, goal: '', holds: null, peer },
});

const atMost = (name: string, value: number, unit: string, limit: number, peer = ''): Figure => ({
  ...{ name, value, unit, goal: `<= ${limit}`, holds: value <= limit, peer },
});

const timed = async <T>(work: () => T | Promise<T>): Promise<readonly [T, number]> => {
  const start = performance.now();
  const made = await work();
  return [made, performance.now() - start];
};

const gasOf = (route: Route, claim: StepClaimed, question: StepQuestion): Promise<number> => {
  const bytes = encodeStepQuestion(question);
  return route.gas(claim.run, bytes, NO_RECORD, answerStep(claim, bytes));
};

/** The dearest of the first few steps of each kind, and its instructions. */
const dearest = async (route: Route, claim: StepClaimed): Promise<{ readonly gas: number; readonly kind: string }> => {
  const seen = new Map<string, number>();
  let most = { gas: 0, kind: '' };
  for (const [step, { code }] of claim.program.steps.entries()) {
    const kind = code.map(({ op }) => op).join(' ');
    const count = seen.get(kind) ?? 0;
    seen.set(kind, count + 1);
    if (count >= 2) continue;
    const gas = await gasOf(route, claim, { kind: 'step', step });
    if (gas > most.gas) most = { gas, kind };
  }
  return most;
};

const measured = async (
  route: Route,
  name: string,
  program: CheckedProgram,
  { proofs = 0, hideInput = false }: Hides = {},
): Promise<readonly [Figure[], StepClaimed]> => {
  const committed = unwrap(await commit(program, { proofs }));
  const { architecture } = committed;
  const { file } = unwrap(await prove(committed, anyInput(program, 7), { hideInput }));
  const [, whole] = await timed(async () => unwrap(await verify(file, architecture)));
  const [{ steps, data }, written] = await timed(async () => unwrap(await stepProgram(architecture, { hideInput })));
  const claim = unwrap(await stepClaim(architecture, file));
  const [checked, checking] = await timed(() => checkData(claim.program, claim.run, claim.data));
  if (checked.failed !== null) throw new RangeError(`the claim does not hold: ${checked.failed}`);
  const most = await dearest(route, claim);
  const figures = [
    plain(`${name}: steps`, steps.length, ''),
    plain(`${name}: data`, data.length / 1024, 'KiB', `proof ${(file.length / 1024).toFixed(0)} KiB`),
    plain(`${name}: writing the verifier out`, written, 'ms'),
    plain(`${name}: running all steps, as a challenger does`, checking, 'ms', `verify ${whole.toFixed(0)} ms`),
    atMost(`${name}: the dearest step`, most.gas, 'gas', STEP_GAS, most.kind.slice(0, 60)),
    atMost(
      `${name}: 16 KiB of data`,
      await gasOf(route, claim, { kind: 'chunks', first: 1, count: 64 }),
      'gas',
      ANSWER_GAS,
    ),
  ];
  return [figures, claim];
};

/** Lies of one bit in the data or in a record, of which all else follows; how many the contract refuses at the step found. */
const liesFound = async (route: Route, name: string, claim: StepClaimed): Promise<Figure[]> => {
  const random = new Random(1);
  const { steps } = claim.program;
  let [refused, told, questions] = [0, 0, 0];
  while (told < LIES) {
    const { stretch } = random.pick(steps);
    const at = random.int(0, steps.length - 1);
    const data = claim.data.slice();
    if (told % 2 === 0 && stretch.length > 0) {
      data[stretch.offset + random.int(0, stretch.length - 1)]! ^= 1 << random.int(0, 7);
    } else if (claim.records[at]!.length === 0) continue;
    const lie = pretended(claim, data, (index) => told % 2 === 1 && index === at);
    const wrong = challenged(lie);
    if (wrong === null) continue;
    told++;
    questions = Math.max(questions, wrong.questions);
    const question = encodeStepQuestion({ kind: 'step', step: wrong.step });
    if ((await route.verify(lie.run, question, NO_RECORD, answerStep(lie, question))).reverted) refused++;
  }
  return [
    {
      ...plain(
        `${name}: lies refused at the step that a challenger ends at`,
        (100 * refused) / told,
        '%',
        `${told} lies`,
      ),
      goal: '100',
      holds: refused === told,
    },
    plain(`${name}: questions that the longest of these disputes takes`, questions, ''),
  ];
};

/** The small proof checked whole by a contract. */
const wholeGas = async (program: CheckedProgram): Promise<Figure> => {
  const committed = unwrap(await commit(program, { proofs: 0 }));
  const { file } = unwrap(await prove(committed, anyInput(program, 7)));
  const { run, proof } = unwrap(await chainProof(committed.architecture, file));
  const route = await openProofVerifier();
  try {
    return plain(
      '32 → 16 → 2: the same proof checked whole by a contract',
      await route.gas(run, NO_QUESTION, NO_RECORD, proof),
      'gas',
    );
  } finally {
    await route.close();
  }
};

export const run = async (): Promise<readonly Figure[]> => {
  const route = await openProofStepVerifier();
  try {
    const small = chainProgram(CHAINS['32 → 16 → 2']!);
    const large = mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1));
    const [bound, boundClaim] = await measured(route, '32 → 16 → 2', small);
    const [hidden, hiddenClaim] = await measured(route, '32 → 16 → 2, all hidden', small, {
      proofs: 8,
      hideInput: true,
    });
    const imported = await digits();
    const [bundled, bundledClaim] = await measured(route, 'digits, imported', imported);
    const [bundledHidden] = await measured(route, 'digits, imported, all hidden', imported, {
      proofs: 1,
      hideInput: true,
    });
    const [names] = await measured(route, 'site-names, imported', siteNames());
    const [vgg] = await measured(route, 'VGG-16, 15 M, weights hidden', vggProgram(VGG16, 32, 1), { proofs: 1 });
    const [largeBound] = await measured(route, 'perceptron, 18.9 M', large);
    const [largeHidden] = await measured(route, 'perceptron, 18.9 M, weights hidden', large, { proofs: 1 });
    return [
      ...[...bound, await wholeGas(small), ...hidden, ...bundled, ...bundledHidden, ...names, ...vgg],
      ...[...largeBound, ...largeHidden],
      ...(await liesFound(route, 'bound', boundClaim)),
      ...(await liesFound(route, 'hidden', hiddenClaim)),
      ...(await liesFound(route, 'digits, imported', bundledClaim)),
    ];
  } finally {
    await route.close();
  }
};
