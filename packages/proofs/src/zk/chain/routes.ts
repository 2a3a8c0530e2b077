/** Which contract has something to say of proofs of a program, before anything is committed to. */
import { ok, type Result, refuse } from '@surety/core';
import type { CheckedProgram } from '@surety/programs';
import { type Architecture, architectureId } from '../graph/architecture.ts';
import { graphOf } from '../graph/from-program.ts';
import { planned } from '../plan/pads.ts';
import { ROOT_BYTES } from '../verify/opened.ts';
import { chainKey } from './key.ts';
import { stepProblem } from './steps/fits.ts';

/** `checked`: the contract checks the whole proof. `steps`: it carries out any single step of the check. */
export type ChainRoute = 'checked' | 'steps';

/**
 * The architecture of a program whose constants nobody has committed to yet: for what does not depend on their values.
 * @param proofs those that a commitment would hide them in
 */
export const uncommitted = (program: CheckedProgram, proofs = 0): Architecture => {
  const graph = graphOf(program, true, proofs);
  return { kind: 'private', graph, id: architectureId(graph, proofs), weights: new Uint8Array(ROOT_BYTES), proofs };
};

/**
 * The route of a program's proofs on chain: the contract that checks them whole, where the program is small enough for its key, or
 * the one that carries out steps.
 * Problems: `proof.unsupported` for programs of which neither has something to say.
 */
export const chainRoute = async (program: CheckedProgram): Promise<Result<ChainRoute>> => {
  const architecture = uncommitted(program);
  if ((await chainKey(architecture)).ok) return ok('checked');
  const plan = await planned(architecture.graph, { hideInput: false, proofs: 0 });
  if (!plan.ok) return plan;
  const problem = stepProblem(plan.value);
  return problem === null ? ok('steps') : refuse(problem);
};
