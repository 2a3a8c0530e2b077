/**
 * That two commitments hold the same hidden constants: all rows of both take one value at one random point, opened together
 * (the linear check of Ligero, Ames, Hazay, Ishai and Venkitasubramaniam, CCS 2017). Both are of one architecture, so of one
 * layout: what lies behind constants is compared with them. It opens either commitment once, as a proof of a run does.
 */
import { concatBytes, encode, sha256, utf8 } from '@surety/core';
import type { ProverChannel, VerifierChannel } from '../channel/channel.ts';
import type { Form } from '../channel/form.ts';
import { Transcript } from '../channel/transcript.ts';
import type { Committed } from '../commit/commit.ts';
import type { Claim } from '../commit/place.ts';
import { evaluateClaim } from '../commit/value.ts';
import type { Ext } from '../field/ext.ts';
import type { ProofMemory } from '../memory.ts';
import { shapesOf, withHiding } from '../plan/hiding.ts';
import type { PlannedMatrix, ProofPlan } from '../plan/plan.ts';
import { wholeOf } from '../plan/whole.ts';
import { commitPlanned, drawPads, proveOpened } from '../prove/opened.ts';
import { verifyOpened } from '../verify/opened.ts';
import type { ConstantsLayout } from './layout.ts';

/** Who says it of which commitments. */
export type Renewal = {
  /** Id of the architecture of both. */
  readonly architecture: Uint8Array;
  readonly from: Uint8Array;
  readonly to: Uint8Array;
};

/** The one value that is sent. */
const SENT = 1;

/** @param plan of runs that are proved with commitments which hide */
export const renewalLayout = ({ graph, rowVars, randomness, hidesWeights, matrices }: ProofPlan): ConstantsLayout => {
  const weights = matrices.find(({ kind }) => kind === 'weights')!;
  const witness: PlannedMatrix = { kind: 'witness', rows: 0, blocks: [] };
  return withHiding(
    { graph, rowVars, randomness, hidesWeights, matrices: [weights, weights, witness], hiding: null },
    SENT,
  );
};

const TAG = utf8('surety:renewal:v1\0');

const begun = (layout: ConstantsLayout, { architecture, from, to }: Renewal): Transcript => {
  const { rowVars, randomness, hiding, matrices } = layout;
  const described = { rowVars, randomness, hiding, rows: matrices.map(({ rows }) => rows) };
  const transcript = new Transcript();
  transcript.absorb(concatBytes(TAG, architecture, from, to, sha256(encode(described))));
  return transcript;
};

/** The claims on both commitments. */
const claimsOf = <V>(layout: ConstantsLayout, point: readonly Ext[], value: V): readonly Claim<V>[] =>
  [0, 1].map((matrix) => ({ place: wholeOf(layout, matrix), point, value }));

const pointOf = (layout: ConstantsLayout, channel: { readonly challenge: () => Ext }): Ext[] =>
  Array.from({ length: wholeOf(layout).vars }, channel.challenge);

/** What a verifier hears before the opening. */
export const listenRenewal = async (
  channel: VerifierChannel,
  layout: ConstantsLayout,
): Promise<readonly Claim<Form>[]> => {
  const point = pointOf(layout, channel);
  const [value] = channel.receive(SENT);
  return claimsOf(layout, point, value!);
};

/** @param commitments both in the memory, `from` first */
export const proveRenewal = async (
  memory: ProofMemory,
  layout: ConstantsLayout,
  renewal: Renewal,
  commitments: readonly [Committed, Committed],
): Promise<Uint8Array> => {
  const witness = memory.base(layout.matrices[2]!.rows * 2 ** layout.rowVars);
  const pads = drawPads(memory, layout, layout.hiding!, witness);
  const committed = [...commitments, commitPlanned(memory, shapesOf(layout)[2]!, witness)];
  const talk = async (channel: ProverChannel): Promise<readonly Claim<Ext>[]> => {
    const point = pointOf(layout, channel);
    const value = evaluateClaim(memory, committed, { place: wholeOf(layout), point });
    channel.send([value]);
    return claimsOf(layout, point, value);
  };
  return proveOpened(memory, layout, committed, {
    begun: () => begun(layout, renewal),
    pads,
    talk,
    listen: (channel) => listenRenewal(channel, layout),
  });
};

/** @throws ProofError unless both commitments hold the same */
export const checkRenewal = (
  memory: ProofMemory,
  layout: ConstantsLayout,
  renewal: Renewal,
  proof: Uint8Array,
): Promise<void> =>
  verifyOpened(memory, layout, begun(layout, renewal), [renewal.from, renewal.to], proof, (channel) =>
    listenRenewal(channel, layout),
  );
