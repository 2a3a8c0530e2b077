import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSureEnough } from '@surety/core';
import fc from 'fast-check';
import { after, byPanel, CLOSES_AT, claimOf, decided, opened } from './question.fixture.ts';
import { givesUpAt, isDrawn, RECORD_SECONDS, tally } from './resolve.ts';

test('one question in so many is drawn, by the beacon alone', () => {
  let drawn = 0;
  for (let i = 0; i < 20_000; i += 1) if (isDrawn('c', `b${i}`, 50)) drawn += 1;
  // 400 expected, standard deviation 20.
  assert.ok(drawn > 300 && drawn < 500, `${drawn}`);
  assert.equal(isDrawn('c', 'b', 1), true);
  assert.equal(isDrawn('c', 'b', 50), isDrawn('c', 'b', 50));
});

test('a juror votes only above L/(L+G), exactly', () => {
  assert.deepEqual(
    [isSureEnough(900_000, 9), isSureEnough(900_001, 9), isSureEnough(500_000, 1), isSureEnough(500_001, 1)],
    [false, true, false, true],
  );
});

test('a tally is undecided or has a true majority of at least the quorum, whoever votes in whatever order', () => {
  const vote = fc.record({ outcome: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }) });
  fc.assert(
    fc.property(fc.array(vote, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (votes, quorum) => {
      const result = tally(votes, quorum);
      assert.deepEqual(tally(votes.toReversed(), quorum), result);
      const count = (outcome: number): number => votes.filter((each) => each.outcome === outcome).length;
      const cast = votes.filter(({ outcome }) => outcome !== null).length;
      const { outcome, decidedBy } = result;
      if (outcome === null) {
        assert.equal(decidedBy.kind, 'undecided');
        const best = Math.max(...[0, 1, 2].map(count));
        assert.ok(cast < quorum || [0, 1, 2].filter((each) => count(each) === best).length > 1);
        return;
      }
      assert.ok(cast >= quorum && [0, 1, 2].every((other) => other === outcome || count(other) < count(outcome)));
      assert.ok(decidedBy.kind === 'panel' && decidedBy.votesFor === count(outcome));
      assert.equal(decidedBy.votesFor + decidedBy.votesAgainst + decidedBy.abstained, votes.length);
    }),
  );
});

test('every wait has an end', () => {
  assert.equal(givesUpAt(decided(0)), null);
  const official = claimOf();
  const claim = { ...official, rule: { kind: 'official', source: 'a court', url: 'https://court.example/' } } as const;
  const waiting = after(opened(claim), { kind: 'closed', at: CLOSES_AT });
  assert.equal(givesUpAt(waiting), CLOSES_AT + RECORD_SECONDS);
  const forecast = { ...claimOf('Will it rain in Paris by 2027-06-01?'), rule: claim.rule };
  const far = after(opened(forecast), { kind: 'closed', at: CLOSES_AT });
  assert.equal(givesUpAt(far), Date.UTC(2027, 5, 2) / 1_000 - 1 + RECORD_SECONDS);
  assert.equal(givesUpAt(after(waiting, byPanel(null, CLOSES_AT))), null);
});
