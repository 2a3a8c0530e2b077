/** The sample of a witness that is decoded to a list: what is true is accepted; a false one, or none, is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerifierChannel } from '../channel/channel.ts';
import { known } from '../channel/form.ts';
import { extBytes, OpenProver, OpenVerifier } from '../channel/open.ts';
import { ProofError } from '../channel/problem.ts';
import { Transcript } from '../channel/transcript.ts';
import { checkOpening } from '../commit/check.ts';
import { open } from '../commit/open.ts';
import type { Claim } from '../commit/place.ts';
import { evaluateClaim } from '../commit/value.ts';
import { add, type Ext, ONE } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { shapesOf } from '../plan/hiding.ts';
import type { Layout } from '../plan/plan.ts';
import { commitPlanned, proveOpened } from '../prove/opened.ts';
import { saySample } from '../prove/sample.ts';
import { randomExts, randomWords } from '../random.ts';
import { verifyOpened } from './opened.ts';

const [ROW_VARS, ROWS] = [6, 5];
const LAYOUT: Layout = {
  rowVars: ROW_VARS,
  blowupVars: 3,
  matrices: [{ kind: 'witness', rows: ROWS, blocks: [] }],
  randomness: 0,
  hidesWeights: false,
  hiding: null,
};

const memory = await ProofMemory.create();
const words = memory.base(ROWS * 2 ** ROW_VARS);
memory.words(words).set(randomWords(words.length));
const committed = commitPlanned(memory, shapesOf(LAYOUT)[0]!, words);

const place = { matrix: 0, offset: 2 ** ROW_VARS, vars: ROW_VARS };
const point = randomExts(ROW_VARS);
const value = evaluateClaim(memory, [committed], { place, point });
const claim: Claim<Ext> = { place, point, value };
const heard = { place, point, value: known(value) };

const verify = (proof: Uint8Array): Promise<void> =>
  verifyOpened(memory, LAYOUT, new Transcript(), [], proof, async () => [heard]);

/** A proof of the claim with this in the place of the sample, and what is opened of it. */
const proofWith = (
  said: (sample: Claim<Ext>) => Ext,
  opened: (sample: Claim<Ext>, said: Ext) => readonly Claim<Ext>[],
): Uint8Array => {
  const channel = new OpenProver(new Transcript());
  channel.publish(committed.root);
  let claims: readonly Claim<Ext>[] = [];
  const sending = {
    ...channel,
    challenge: channel.challenge,
    send: ([sample]: readonly Ext[]): void => {
      const own = said({ place, point, value: sample! });
      channel.publish(extBytes([own]));
      claims = [{ place, point, value: own }];
    },
  };
  const { claims: honest } = saySample(sending, memory, LAYOUT, [committed]);
  open(channel, memory, [committed], [...opened(honest[0]!, claims[0]!.value), claim]);
  return channel.bytes();
};

test('a claim is proved beside the sample of all rows', async () => {
  const begun = () => new Transcript();
  const proof = await proveOpened(memory, LAYOUT, [committed], {
    begun,
    pads: [],
    talk: async () => [claim],
    listen: async () => [heard],
  });
  await verify(proof);
  assert.deepEqual(
    proof,
    proofWith(
      ({ value: own }) => own,
      (sample) => [sample],
    ),
  );
  // The root, and then the sample.
  const without = Uint8Array.from([...proof.slice(0, 32), ...proof.slice(48)]);
  await assert.rejects(verify(without), ProofError);
});

const wrong = ({ value: own }: Claim<Ext>): Ext => add(own, ONE);

test('a false sample is stopped, whichever value of it is opened', async () => {
  for (const opened of [
    (sample: Claim<Ext>) => [sample],
    (sample: Claim<Ext>, said: Ext) => [{ ...sample, value: said }],
    () => [],
  ]) {
    await assert.rejects(verify(proofWith(wrong, opened)), { message: 'the combined row has another value' });
  }
});

test('a verifier that opens no sample would believe any', () => {
  const proof = proofWith(wrong, () => []);
  const channel = new OpenVerifier(new Transcript(), proof);
  const root = channel.published(32);
  for (let i = 0; i < ROW_VARS + 3; i++) channel.challenge();
  channel.published(16);
  checkOpening(channel, memory, [{ root, shape: committed.shape }], [heard]);
  channel.end();
});

test('the root is absorbed before the point of the sample is drawn, and its value before all else', () => {
  const drawn = (root: Uint8Array, sample: Ext): { readonly point: readonly Ext[]; readonly next: Ext } => {
    const channel = new OpenProver(new Transcript());
    channel.publish(root);
    const at: Ext[] = [];
    const challenge = (): Ext => {
      at.push(channel.challenge());
      return at.at(-1)!;
    };
    saySample({ ...channel, challenge, send: () => channel.publish(extBytes([sample])) }, memory, LAYOUT, [committed]);
    return { point: at, next: channel.challenge() };
  };
  const honest = drawn(committed.root, ONE);
  assert.notDeepEqual(drawn(new Uint8Array(32), ONE).point, honest.point);
  assert.deepEqual(drawn(committed.root, value).point, honest.point);
  assert.notDeepEqual(drawn(committed.root, value).next, honest.next);
});

test('no layout is sampled and hides', async () => {
  const hiding = { pads: 1, padRow: ROWS, padRows: 1, blindingRow: ROWS + 1 };
  const verifying = verifyOpened(
    memory,
    { ...LAYOUT, hiding },
    new Transcript(),
    [],
    new Uint8Array(64),
    async () => [],
  );
  await assert.rejects(verifying, { code: 'internal', message: /decoded uniquely/ });
});

test('nothing is claimed where no matrix is opened', async () => {
  const layout: Layout = { rowVars: 0, matrices: [], randomness: 0, hidesWeights: false, hiding: null };
  const hear = (listen: Parameters<typeof verifyOpened>[5]): Promise<void> =>
    verifyOpened(memory, layout, new Transcript(), [], new Uint8Array(), listen);
  await hear(async () => []);
  const wrong = { code: 'internal', message: /claimed of no matrix/ };
  await assert.rejects(
    hear(async () => [heard]),
    wrong,
  );
  const state = async (channel: VerifierChannel): Promise<readonly never[]> => {
    channel.zero(channel.left!(place, point), 'left');
    return [];
  };
  await assert.rejects(hear(state), wrong);
});
