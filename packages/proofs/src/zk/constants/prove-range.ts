/** Proving that hidden constants are integers of their types: see range.ts. */
import type { ProverChannel } from '../channel/channel.ts';
import { Transcript } from '../channel/transcript.ts';
import type { Committed } from '../commit/commit.ts';
import type { Claim, Place } from '../commit/place.ts';
import { evaluateClaim } from '../commit/value.ts';
import type { Ext } from '../field/ext.ts';
import type { Architecture } from '../graph/architecture.ts';
import type { LookupTable } from '../lookup/column.ts';
import { countLookups } from '../lookup/multiplicities.ts';
import { proveLookups } from '../lookup/prove.ts';
import type { BaseVector, ProofMemory } from '../memory.ts';
import { shapesOf } from '../plan/hiding.ts';
import { lookupTables } from '../plan/tables.ts';
import { wholeOf } from '../plan/whole.ts';
import { commitPlanned, drawPads, proveOpened, type Random } from '../prove/opened.ts';
import { copied } from './layout.ts';
import { listenRange, type RangePart, type RangePlan, rangeStatement } from './range.ts';

/** Does something with the values of a part, laid out so that lookups can read them. */
const withWords = <T>(
  memory: ProofMemory,
  weights: Committed,
  { columns }: RangePart,
  work: (words: (place: Place) => BaseVector) => T,
): T => {
  const mark = memory.mark();
  const vectors = new Map(columns.map(({ values: [place] }) => [place!.offset, copied(memory, weights, place!)]));
  const result = work(({ offset }) => vectors.get(offset)!);
  memory.release(mark);
  return result;
};

const tablesOf = ({ graph }: RangePlan, { table }: RangePart): readonly LookupTable[] =>
  lookupTables({ graph, tables: [table] });

/** Room of the witness, with how often each value of each table is looked up. */
const witnessOf = (memory: ProofMemory, plan: RangePlan, weights: Committed): BaseVector | null => {
  const matrix = plan.matrices[1];
  if (matrix === undefined) return null;
  const witness = memory.base(matrix.rows * 2 ** plan.rowVars);
  memory.words(witness).fill(0);
  for (const part of plan.parts) {
    const [counts] = withWords(memory, weights, part, (words) =>
      countLookups(part.columns, tablesOf(plan, part), ({ values }) => values.map((at) => memory.words(words(at)))),
    );
    memory.words(witness).set(counts!, part.table.multiplicity.offset);
  }
  return witness;
};

/**
 * @param weights the commitment, in the same memory
 * @param random what hides; of one commitment always the same, so that no proof is another than the one before
 */
export const proveRangeOf = async (
  memory: ProofMemory,
  plan: RangePlan,
  architecture: Pick<Architecture, 'id' | 'weights'>,
  weights: Committed,
  random: Random,
  at: () => Promise<void>,
): Promise<Uint8Array> => {
  const witness = witnessOf(memory, plan, weights);
  await at();
  const { hiding } = plan;
  const pads = hiding === null ? [] : drawPads(memory, plan, hiding, witness!, random);
  const shapes = shapesOf(plan);
  const committed = witness === null ? [weights] : [weights, commitPlanned(memory, shapes[1]!, witness, random)];
  const begun = (): Transcript => {
    const transcript = new Transcript();
    transcript.absorb(rangeStatement(plan, architecture));
    return transcript;
  };
  const counts = ({ offset, vars }: Place): BaseVector => ({
    address: witness!.address + 4 * offset,
    length: 2 ** vars,
  });
  const talk = async (channel: ProverChannel): Promise<readonly Claim<Ext>[]> => {
    const place = wholeOf(plan);
    const point = Array.from({ length: place.vars }, channel.challenge);
    const value = evaluateClaim(memory, committed, { place, point });
    channel.send([value]);
    const claims: Claim<Ext>[] = [{ place, point, value }];
    for (const part of plan.parts) {
      await at();
      const looked = withWords(memory, weights, part, (words) =>
        proveLookups(channel, memory, part.columns, tablesOf(plan, part), (one) =>
          one.matrix === 0 ? words(one) : counts(one),
        ),
      );
      claims.push(...looked.claims);
    }
    await at();
    return claims;
  };
  const listen = (channel: Parameters<typeof listenRange>[0]) => listenRange(channel, memory, plan);
  return proveOpened(memory, plan, committed, { begun, pads, talk, listen });
};
