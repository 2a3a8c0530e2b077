/**
 * One suite for every tier that runs programs: random programs and inputs, every value of every node compared bit by bit with
 * the reference.
 */
import { unwrap } from '@surety/core';
import { createEngine, type Machine, runReference, type Tensor } from '../src/index.ts';
import { randomInputs, randomProgram } from './random-program.ts';

export type Tier = { readonly name: string; readonly machine: Machine };

export type Difference = { readonly seed: number; readonly tier: string; readonly value: number; readonly op: string };

const SAMPLES = 3;

const same = (a: Tensor, b: Tensor): boolean => {
  if (a.values.length !== b.values.length) return false;
  for (let i = 0; i < a.values.length; i++) if (a.values[i] !== b.values[i]) return false;
  return true;
};

/**
 * Runs the program of a seed on each tier: sample by sample and as a batch, with memory of values used again and with all of
 * them kept, and every node cut among threads however small.
 * @returns the first value that differs, or null
 */
export const conform = async (tiers: readonly Tier[], seed: number): Promise<Difference | null> => {
  const program = randomProgram(seed);
  const samples = Array.from({ length: SAMPLES }, (_, i) => randomInputs(program, seed * SAMPLES + i));
  const expected = samples.map((inputs) => runReference(program, inputs));
  const first = program.inputs.length + program.constants.length;
  for (const { name, machine } of tiers) {
    const difference = (value: number): Difference => {
      return { seed, tier: name, value, op: program.nodes[value - first]?.form.op ?? 'input' };
    };
    const kept = unwrap(await createEngine(program, { machine, keep: true, parallelCycles: 0 }));
    for (const [i, { values }] of unwrap(await kept.runMany(samples)).entries()) {
      for (const [id, value] of values!) if (!same(value, expected[i]![id]!)) return difference(id);
    }
    const reused = unwrap(await createEngine(program, { machine, parallelCycles: 0 }));
    const runs = [
      unwrap(await reused.run(samples[0]!)),
      ...unwrap(await reused.runMany(samples)),
      unwrap(await reused.run(samples[0]!)),
    ];
    for (const [i, { outputs }] of runs.entries()) {
      const wanted = expected[i === 0 || i > SAMPLES ? 0 : i - 1]!;
      for (const [j, { value }] of program.outputs.entries()) {
        if (!same(outputs[j]!, wanted[value]!)) return difference(value);
      }
    }
  }
  return null;
};
