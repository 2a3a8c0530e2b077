/** What a verifier of a proof that hides nothing may do with values that were left to the opening: linear checks, and no more. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ext, ONE } from '../field/ext.ts';
import { combined, known } from './form.ts';
import { OpenVerifier } from './open.ts';
import { ProofError } from './problem.ts';
import { Transcript } from './transcript.ts';

const place = { matrix: 0, offset: 0, vars: 1 };

test('values left are kept by number, and a check of them as a statement; other checks are made at once', () => {
  const channel = new OpenVerifier(new Transcript(), new Uint8Array(), { leaves: true });
  const points = [[ext(3)], [ext(5)]];
  const [a, b] = points.map((point) => channel.left!(place, point));
  const check = combined([
    [a!, ext(2)],
    [b!, ONE],
    [known(ext(7)), ONE],
  ]);
  channel.zero(check, 'left');
  assert.deepEqual(channel.statements, [check]);
  assert.deepEqual(
    channel.leftValues,
    points.map((point) => ({ place, point })),
  );
  assert.throws(() => channel.zero(known(ONE), 'not 0'), new ProofError('not 0'));
});

test('nothing is multiplied by a value that was left: all but its constant would be lost', () => {
  const channel = new OpenVerifier(new Transcript(), new Uint8Array(), { leaves: true });
  const left = channel.left!(place, [ONE]);
  assert.throws(() => channel.product(left, known(ONE)), { code: 'internal', message: /left to the opening/ });
  // Once is linear.
  assert.deepEqual(channel.product(known(ext(2)), left), {
    constant: ext(0),
    terms: [{ pad: 0, coefficient: ext(2) }],
  });
});
