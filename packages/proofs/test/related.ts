/** Relations tried on nodes whose values are known: the exact results of the reference, padded. */
import { executeNode, I32_MAX, type Node, type Tensor, type TensorType, type ValueId } from '@surety/programs';
import type { Random } from '../../programs/test/random.ts';
import type { ProverChannel, VerifierChannel } from '../src/zk/channel/channel.ts';
import { type Form, known } from '../src/zk/channel/form.ts';
import { closingPads, HiddenProver, HiddenVerifier } from '../src/zk/channel/hidden.ts';
import { OpenProver, OpenVerifier } from '../src/zk/channel/open.ts';
import { ProofError } from '../src/zk/channel/problem.ts';
import { Transcript } from '../src/zk/channel/transcript.ts';
import { add, type Ext, equal, mul, ONE, P, ZERO } from '../src/zk/field/ext.ts';
import type { ProofMemory } from '../src/zk/memory.ts';
import { randomExts } from '../src/zk/random.ts';
import { answered } from '../src/zk/relations/asking.ts';
import { checkingBy } from '../src/zk/relations/checking.ts';
import { contextOf as computing, type OperandClaim, type ProverContext } from '../src/zk/relations/context.ts';
import { evaluate } from '../src/zk/relations/contract.ts';
import { proveProductSum } from '../src/zk/relations/product.ts';
import {
  proveDifference,
  proveMargin,
  proveRelation,
  verifyDifference,
  verifyMargin,
  verifyRelation,
} from '../src/zk/relations/relation.ts';
import { padTensor } from '../src/zk/relations/vectors.ts';
import { checkSumcheck } from '../src/zk/sumcheck/verify.ts';

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
  /** Instead of the result: the margins of an argmax. */
  readonly margins?: Tensor;
};

/** What the relation speaks of: the exact result, where there is a stage. */
export const exact = ({ node, id, types, values, difference, margins }: Case): Tensor => {
  const looked = difference?.values ?? margins;
  if (looked !== undefined) return looked;
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
    ...computing(memory, (id) => (open(id) ? values[id]! : null)),
    types,
    raw: (id) => (given(id) ? values[id]! : null),
    place: () => null,
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

const proving = (channel: ProverChannel, context: ProverContext, one: Case, point: readonly Ext[], value: Ext) => {
  const { difference, margins, values, id } = one;
  if (margins !== undefined) return proveMargin(channel, context, one, values[id]!, point, value);
  if (difference !== undefined) return proveDifference(channel, context, one, difference.level, point, value);
  return proveRelation(channel, context, one, point, value);
};

const prove = (channel: ProverChannel, context: ProverContext, ...of: [one: Case, point: readonly Ext[], value: Ext]) =>
  answered(proving(channel, context, ...of), (asks) =>
    asks.map((ask) => proveProductSum(channel, context.memory, ask)),
  );

const checking = (channel: VerifierChannel, context: ProverContext, one: Case, point: readonly Ext[], value: Form) => {
  const { difference, margins, values, id } = one;
  const checking = checkingBy(channel, context);
  if (margins !== undefined) return verifyMargin(checking, one, values[id]!, point, value);
  if (difference !== undefined) return verifyDifference(checking, one, difference.level, point, value);
  return verifyRelation(checking, one, point, value);
};

const verify = (
  channel: VerifierChannel,
  ...of: [context: ProverContext, one: Case, point: readonly Ext[], value: Form]
) =>
  answered(checking(channel, ...of), (asks) =>
    asks.map(({ claim, variables, weights }) => checkSumcheck(channel, claim, variables, 2, weights)),
  );

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
  const claims = prove(prover, context, one, point, value);
  if (memory.mark() !== inside) throw new Error('the prover keeps memory');
  const proof = prover.bytes();
  if (changed !== null) proof[changed % proof.length]! ^= 1 << (changed % 7);
  const done = (outcome: Outcome) => {
    memory.release(mark);
    return { outcome, claims, bytes: proof.length };
  };
  try {
    const verifier = new OpenVerifier(new Transcript(), proof);
    const checked = verify(verifier, context, one, point, known(value));
    verifier.end();
    if (memory.mark() !== inside) throw new Error('the verifier keeps memory');
    const seen = checked.map((claim) => ({ ...claim, value: claim.value.constant }));
    if (changed === null && off === ZERO && !same(seen, claims)) {
      throw new Error('the two sides claim different things');
    }
    if (changed === null && !equal(verifier.challenge(), prover.challenge())) {
      throw new Error('the two sides heard different things');
    }
    return done(hold(context, seen) ? 'accepted' : 'false claims');
  } catch (error) {
    if (error instanceof ProofError) return done('refused');
    throw error;
  }
};

const same = (a: readonly OperandClaim<Ext>[], b: readonly OperandClaim<Ext>[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Counts what a prover says, so that there is a pad for each. */
class Counter extends OpenProver {
  values = 0;
  products = 0;

  constructor() {
    super(new Transcript());
    const { send, product } = this;
    Object.assign(this, {
      send: (values: readonly Ext[]) => {
        this.values += values.length;
        send(values);
      },
      product: (a: Ext, b: Ext) => {
        this.products++;
        return product(a, b);
      },
    });
  }
}

const plain = ({ constant, terms }: Form, pads: readonly Ext[]): Ext =>
  terms.reduce((total, { pad, coefficient }) => add(total, mul(pads[pad]!, coefficient)), constant);

/** As {@link relate}, under pads: what the verifier's forms come to once the pads are known. */
export const relateHidden = (memory: ProofMemory, one: Case, point: readonly Ext[], off: Ext): Outcome => {
  const mark = memory.mark();
  const context = contextOf(memory, one);
  const value = add(evaluate(memory, padTensor(memory, exact(one)), point), off);
  const counter = new Counter();
  prove(counter, context, one, point, value);
  const pads = randomExts(counter.values + counter.products + closingPads(counter.products));
  const prover = new HiddenProver(new Transcript(), pads);
  prove(prover, context, one, point, value);
  prover.close();
  try {
    const verifier = new HiddenVerifier(new Transcript(), prover.bytes(), pads.length);
    const claims = verify(verifier, context, one, point, known(value));
    verifier.close();
    verifier.end();
    if (!verifier.statements.every((form) => equal(plain(form, pads), ZERO))) return 'refused';
    const seen = claims.map((claim) => ({ ...claim, value: plain(claim.value, pads) }));
    return hold(context, seen) ? 'accepted' : 'false claims';
  } catch (error) {
    if (error instanceof ProofError) return 'refused';
    throw error;
  } finally {
    memory.release(mark);
  }
};
