/**
 * The hiding case of `vectors/proof-steps.json`: steps of the verifier of a proof that hides constants and input and is opened
 * through a level, with all that they read and what they give.
 */
import { toHex, unwrap } from '@surety/core';
import { commitWeights } from '../src/zk/api/weights.ts';
import { type StepClaimed, stepClaim } from '../src/zk/chain/steps/claim.ts';
import { encodeStep, type Step, WORD_BYTES } from '../src/zk/chain/steps/machine.ts';
import { type Architecture, architectureId } from '../src/zk/graph/architecture.ts';
import { graphOf } from '../src/zk/graph/from-program.ts';
import { ProofMemory } from '../src/zk/memory.ts';
import { planned } from '../src/zk/plan/pads.ts';
import { seededWords } from '../src/zk/random.ts';
import { program, X } from './step-scene.ts';
import { lied } from './zk-liar.ts';

const PROOFS = 8;
const SEED = new Uint8Array(32).fill(5);

export type HidingVector = {
  /** Its number in the program. */
  readonly number: number;
  readonly step: string;
  /** Registers from 0 on, as the records that it reads fill them. */
  readonly loaded: readonly string[];
  readonly stretch: string;
  readonly record: string;
};

export type HidingVectors = {
  /** Of the program of steps. */
  readonly id: string;
  readonly input: string;
  readonly output: string;
  readonly steps: readonly HidingVector[];
};

/** A claim of what hides that is the same each time: no randomness is drawn. */
export const hidingClaim = async (): Promise<StepClaimed> => {
  const memory = await ProofMemory.create();
  const graph = graphOf(program(), true);
  const plan = unwrap(await planned(graph, { hideInput: true, proofs: PROOFS }));
  const words = (about: number) => seededWords(SEED, Uint8Array.of(about));
  const weights = commitWeights(memory, plan, words(0));
  const id = architectureId(graph, PROOFS);
  const architecture: Architecture = { kind: 'private', graph, id, weights: weights.root, proofs: PROOFS };
  const file = await lied({
    graph,
    named: { kind: 'private', architecture: id, weights: weights.root },
    inputs: [X],
    change: (run) => run,
    hideInput: true,
    proofs: PROOFS,
    weights,
    memory,
    random: { shared: () => words(1), own: () => words(2) },
  });
  return unwrap(await stepClaim(architecture, file));
};

const registersOf = ({ reads }: Step, records: readonly Uint8Array[]): readonly string[] => {
  const size = Math.max(0, ...reads.map(({ to, words }) => to + words));
  const registers: Uint8Array[] = Array.from({ length: size }, () => new Uint8Array(WORD_BYTES));
  for (const { record, words, to } of reads) {
    for (let i = 0; i < words; i++) registers[to + i] = records[record]!.subarray(WORD_BYTES * i, WORD_BYTES * (i + 1));
  }
  return registers.map(toHex);
};

/** Instructions that a step has, each once: steps that have the same do the same, mostly. */
const kindOf = ({ code }: Step): string => [...new Set(code.map(({ op }) => op))].sort().join(' ');

/** The first step of each kind. */
export const hidingVectors = async (): Promise<HidingVectors> => {
  const { program: steps, run, data, records } = await hidingClaim();
  const firsts = new Map<string, number>();
  for (const [number, step] of steps.steps.entries()) {
    if (!firsts.has(kindOf(step))) firsts.set(kindOf(step), number);
  }
  const vectors = [...firsts.values()].map((number): HidingVector => {
    const step = steps.steps[number]!;
    const { offset, length } = step.stretch;
    return {
      number,
      step: toHex(encodeStep(step)),
      loaded: registersOf(step, records),
      stretch: toHex(data.subarray(offset, offset + length)),
      record: toHex(records[number]!),
    };
  });
  return { id: toHex(steps.id), input: toHex(run.input), output: toHex(run.output), steps: vectors };
};
