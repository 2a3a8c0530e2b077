/** Relations tried on nodes whose values are known: the exact results of the reference, padded. */
import { executeNode, I32_MAX, type Node, type Tensor, type TensorType, type ValueId } from '@surety/programs';
import type { Random } from '../../programs/test/random.ts';
import { known } from '../src/zk/channel/form.ts';
import { OpenProver, OpenVerifier } from '../src/zk/channel/open.ts';
import { ProofError } from '../src/zk/channel/problem.ts';
import { Transcript } from '../src/zk/channel/transcript.ts';
import { add, type Ext, equal, ONE, P, ZERO } from '../src/zk/field/ext.ts';
import type { ProofMemory } from '../src/zk/memory.ts';
import type { OperandClaim, ProverContext } from '../src/zk/relations/context.ts';
import { evaluate } from '../src/zk/relations/contract.ts';
import { proveDifference, proveRelation, verifyDifference, verifyRelation } from '../src/zk/relations/relation.ts';
import { padTensor } from '../src/zk/relations/vectors.ts';

/** A node with the values that it reads. */
export type Case = {
  readonly node: Node;
  readonly id: ValueId;
  readonly types: readonly TensorType[];
  readonly values: readonly Tensor[];
  /** Values that are inputs or constants. */
  readonly given: (id: ValueId) => boolean;
  readonly open: (id: ValueId) => boolean;
  /** Of maxima: numbers of the relus, whose values and types follow the program's. */
  readonly relus?: readonly ValueId[];
  /** Instead of the result: what a level of a maximum looks up. */
  readonly difference?: { readonly level: number; readonly values: Tensor };
};

/** What the relation speaks of: the exact result, where there is a stage. */
export const exact = ({ node, id, types, values, difference }: Case): Tensor => {
  if (difference !== undefined) return difference.values;
  const stage = node.stage === null ? null : { shift: 0, low: -I32_MAX, high: I32_MAX };
  return executeNode(
    { ...node, stage, dtype: stage === null ? node.dtype : 'i32' },
    types[id]!.shape,
    (at) => values[at]!,
  );
};

export const contextOf = (memory: ProofMemory, { types, values, given, open, relus }: Case): ProverContext => {
  const padded = values.map((value) => padTensor(memory, value));
  return {
    memory,
    types,
    open: (id) => (open(id) ? values[id]! : null),
    raw: (id) => (given(id) ? values[id]! : null),
    relus: () => relus ?? [],
    padded: (id) => padded[id]!,
  };
};

export const anyPoint = (random: Random, vars: number): Ext[] => {
  const bits = random.chance(20);
  return Array.from({ length: vars }, (): Ext => {
    if (bits && random.chance(60)) return random.chance(50) ? ONE : ZERO;
    const coordinate = () => random.bits() % P;
    return [coordinate(), coordinate(), coordinate(), coordinate()];
  });
};

/** Whether every claim holds. */
const hold = (context: ProverContext, claims: readonly OperandClaim<Ext>[]): boolean =>
  claims.every(({ operand, point, value }) => equal(evaluate(context.memory, context.padded(operand), point), value));

type Outcome = 'accepted' | 'false claims' | 'refused';

/** Proves that the result takes a value at a point, `off` beside the true one, and verifies it with a changed message. */
export const relate = (
  memory: ProofMemory,
  one: Case,
  point: readonly Ext[],
  { off = ZERO, changed = null }: { off?: Ext; changed?: number | null } = {},
): { readonly outcome: Outcome; readonly claims: readonly OperandClaim<Ext>[]; readonly bytes: number } => {
  const mark = memory.mark();
  const context = contextOf(memory, one);
  const value = add(evaluate(memory, padTensor(memory, exact(one)), point), off);
  const prover = new OpenProver(new Transcript());
  const inside = memory.mark();
  const level = one.difference?.level ?? null;
  const claims =
    level === null
      ? proveRelation(prover, context, one, point, value)
      : proveDifference(prover, context, one, level, point, value);
  if (memory.mark() !== inside) throw new Error('the prover keeps memory');
  const proof = prover.bytes();
  if (changed !== null) proof[changed % proof.length]! ^= 1 << (changed % 7);
  const done = (outcome: Outcome) => {
    memory.release(mark);
    return { outcome, claims, bytes: proof.length };
  };
  try {
    const verifier = new OpenVerifier(new Transcript(), proof);
    const checked =
      level === null
        ? verifyRelation(verifier, context, one, point, known(value))
        : verifyDifference(verifier, context, one, level, point, known(value));
    verifier.end();
    if (memory.mark() !== inside) throw new Error('the verifier keeps memory');
    const plain = checked.map((claim) => ({ ...claim, value: claim.value.constant }));
    if (changed === null && off === ZERO && !same(plain, claims))
      throw new Error('the two sides claim different things');
    return done(hold(context, plain) ? 'accepted' : 'false claims');
  } catch (error) {
    if (error instanceof ProofError) return done('refused');
    throw error;
  }
};

const same = (a: readonly OperandClaim<Ext>[], b: readonly OperandClaim<Ext>[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
