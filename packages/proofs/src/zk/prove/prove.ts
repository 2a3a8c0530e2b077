/** The prover: all steps of a proof, in the order of spec 18. */
import type { Tensor, ValueId } from '@surety/programs';
import { OpenProver } from '../channel/open.ts';
import { Transcript } from '../channel/transcript.ts';
import { type Committed, commitMatrix } from '../commit/commit.ts';
import { open } from '../commit/open.ts';
import type { Place } from '../commit/place.ts';
import { proveLookups } from '../lookup/prove.ts';
import type { ProofMemory } from '../memory.ts';
import type { PlannedMatrix, ProofPlan } from '../plan/plan.ts';
import { lookupTables } from '../plan/tables.ts';
import { evaluateTensor } from '../relations/fold.ts';
import { Router } from '../route/route.ts';
import { type Statement, statementBytes } from '../statement/statement.ts';
import type { Run } from '../witness/run.ts';
import { makeWitness, type Witness } from '../witness/witness.ts';
import { proverContext } from './context.ts';
import { evaluateRows } from './rows.ts';
import { proverSide } from './side.ts';

/** A part of a proof that is done, for whoever waits. */
export type Step = 'witness' | 'lookups' | 'relations' | 'opening';

export type Steps = {
  /** Called when a part begins, and for each value whose claims are passed on; may throw to stop. */
  readonly at: (step: Step, id: ValueId | null) => Promise<void>;
};

const commitPlanned = (
  memory: ProofMemory,
  plan: ProofPlan,
  { rows }: PlannedMatrix,
  words: ReturnType<Witness['matrix']>,
): Committed => {
  const width = 2 ** plan.rowVars;
  return commitMatrix(memory, { rows, rowVars: plan.rowVars, randomness: 0 }, (row, out) =>
    out.set(memory.words({ address: words.address + 4 * row * width, length: width })),
  );
};

/**
 * Proves a run.
 * @param name what the statement says of program and input; the input's root where it is hidden
 * @param weights the commitment to the hidden constants, in the same memory
 */
export const proveRun = async (
  memory: ProofMemory,
  plan: ProofPlan,
  run: Run,
  name: (inputRoot: Uint8Array | null) => Statement,
  weights: Committed | null,
  steps: Steps,
): Promise<{ readonly statement: Statement; readonly proof: Uint8Array }> => {
  await steps.at('witness', null);
  const tables = lookupTables(plan);
  const witness = makeWitness(memory, plan, tables, run);
  const committed = plan.matrices.map((matrix, i) =>
    matrix.kind === 'weights' ? weights! : commitPlanned(memory, plan, matrix, witness.matrix(i)),
  );
  const input = plan.matrices.findIndex(({ kind }) => kind === 'input');
  const statement = name(committed[input]?.root ?? null);
  const transcript = new Transcript();
  transcript.absorb(statementBytes(plan, statement));
  const channel = new OpenProver(transcript);
  for (const [i, { kind }] of plan.matrices.entries()) {
    if (kind === 'witness') channel.publish(committed[i]!.root);
  }

  await steps.at('lookups', null);
  const looked = plan.columns.length === 0 ? [] : proveLookups(channel, memory, plan.columns, tables, witness.words).claims;
  const side = proverSide({
    channel,
    plan,
    run,
    witness,
    context: proverContext(memory, plan, run, witness),
    evaluateWeights: (place: Place, point) => evaluateRows(memory, committed[place.matrix]!, place, point),
    reached: (id) => steps.at('relations', id),
  });
  const at = (tensor: Tensor, point: Parameters<typeof evaluateTensor>[2]) => evaluateTensor(memory, tensor, point);
  const claims = await new Router(plan, side).run(looked, run.outputs, at);

  await steps.at('opening', null);
  if (committed.length > 0) open(channel, memory, committed, claims);
  return { statement, proof: channel.bytes() };
};
