/** The examples say what the built-in panel makes of them; here it is asked, by the same readers, rule and count. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { probabilityOfFirst, pureJurors, speaksTo, voteOf } from '@surety/analysts';
import { unwrap } from '@surety/core';
import { DEFAULT_RULE, parseQuestion } from '@surety/intent';
import { tally } from '../packages/node/src/engine/resolve.ts';

type Example = { readonly question: string; readonly panel: string };

const examples = readFileSync(join(import.meta.dirname, 'questions.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Example);

const panelSays = (question: string): string => {
  const reading = unwrap(parseQuestion(question, { now: 1_800_000_000 }));
  const rule = DEFAULT_RULE;
  assert.ok(rule.kind === 'panel');
  const panel = pureJurors.filter((juror) => speaksTo(juror, reading)).slice(0, rule.seats);
  const votes = panel.map((juror) => {
    const first = probabilityOfFirst(reading.predicate, juror.readSync(reading.subject).probabilityPpm);
    // In terms of the first outcome, as the node counts it.
    const vote = voteOf({ probabilityPpm: first }, rule.lossGainRatio);
    return { outcome: vote === null ? null : vote === 'scam' ? 0 : 1 };
  });
  const { outcome } = tally(votes, rule.quorum);
  return outcome === null ? 'undecided' : reading.outcomes[outcome]!;
};

for (const { question, panel } of examples) {
  test(`${question.slice(0, 60)}: ${panel}`, () => assert.equal(panelSays(question), panel));
}

test('some of each: decided sites, tokens and messages, and questions nobody here can decide', () => {
  const said = new Set(examples.map(({ panel }) => panel));
  for (const answer of ['scam', 'legitimate', 'genuine', 'fake', 'undecided']) assert.ok(said.has(answer), answer);
});
