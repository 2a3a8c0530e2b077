/** A verifier that knows only forms checks what one that sees the values checks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { add, type Ext, ext, isZero, mul, ZERO } from '../field/ext.ts';
import { randomExts } from '../random.ts';
import type { ProverChannel, VerifierChannel } from './channel.ts';
import { combined, type Form, known, minus } from './form.ts';
import { closingPads, HiddenProver, HiddenVerifier } from './hidden.ts';
import { OpenProver, OpenVerifier } from './open.ts';
import { Transcript } from './transcript.ts';

/** A made-up protocol: values x_i; their sum by a challenge's powers; then the product of neighbours, chained. */
const say = (channel: ProverChannel, values: readonly Ext[], lie: Ext): void => {
  channel.send(values);
  const r = channel.challenge();
  let product = values[0]!;
  for (const value of values.slice(1)) product = channel.product(product, add(value, r));
  channel.send([add(product, lie)]);
};

const hear = (channel: VerifierChannel, count: number): void => {
  const values = channel.receive(count);
  const r = channel.challenge();
  let product = values[0]!;
  for (const value of values.slice(1))
    product = channel.product(
      product,
      combined([
        [value, ext(1)],
        [known(r), ext(1)],
      ]),
    );
  const [said] = channel.receive(1);
  channel.zero(minus(said!, product), 'the product is another');
};

const padsOf = (count: number): number => count + (count - 1) + 1 + closingPads(count - 1);

const valueUnder = ({ constant, terms }: Form, pads: readonly Ext[]): Ext =>
  terms.reduce((total, { pad, coefficient }) => add(total, mul(pads[pad]!, coefficient)), constant);

const element = fc.nat(0x7ffffffe);
const values = fc.array(fc.tuple(element, element, element, element), { minLength: 1, maxLength: 12 });

const hidden = (said: readonly Ext[], lie: Ext, change?: (bytes: Uint8Array) => void): readonly Ext[] => {
  const pads = randomExts(padsOf(said.length));
  const prover = new HiddenProver(new Transcript(), pads);
  say(prover, said, lie);
  prover.close();
  const bytes = prover.bytes();
  change?.(bytes);
  const verifier = new HiddenVerifier(new Transcript(), bytes, pads.length);
  hear(verifier, said.length);
  verifier.close();
  verifier.end();
  return verifier.statements.map((form) => valueUnder(form, pads));
};

test('what is true is shown under pads, and no pad is left or missing', () => {
  fc.assert(fc.property(values, (said) => assert.ok(hidden(said, ZERO).every(isZero))));
});

test('what is false is not', () => {
  fc.assert(
    fc.property(values, (said) => {
      assert.ok(!hidden(said, [1, 0, 0, 0]).every(isZero));
      const open = new OpenProver(new Transcript());
      say(open, said, [1, 0, 0, 0]);
      assert.throws(() => hear(new OpenVerifier(new Transcript(), open.bytes()), said.length), /another/);
    }),
  );
});

test('a changed message leaves a false statement', () => {
  fc.assert(
    fc.property(values, fc.nat(), (said, at) => {
      const statements = hidden(said, ZERO, (bytes) => {
        bytes[4 * (at % (bytes.length / 4))]! ^= 1;
      });
      assert.ok(!statements.every(isZero));
    }),
  );
});

test('the same values go out under other bytes each time', () => {
  const bytes = [0, 1].map(() => {
    const prover = new HiddenProver(new Transcript(), randomExts(padsOf(3)));
    say(prover, [ext(1), ext(2), ext(3)], ZERO);
    prover.close();
    return Buffer.from(prover.bytes()).toString('hex');
  });
  assert.notEqual(bytes[0], bytes[1]);
});
