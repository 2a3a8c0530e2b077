import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ALLOWED, REFUSED } from './screening.cases.ts';
import { screen, screenQuestion } from './screening.ts';

test('labelled phrases: what must be refused is, in its area; what is harmless is not', (t) => {
  const missed = REFUSED.filter(([area, phrase]) => {
    const verdict = screen(phrase);
    return verdict.verdict === 'allowed' || verdict.code !== `screening.${area}`;
  });
  const wronged = ALLOWED.filter((phrase) => screen(phrase).verdict === 'refused');
  const caught = REFUSED.length - missed.length;
  t.diagnostic(
    `${REFUSED.length + ALLOWED.length} phrases: refused ${caught} of ${REFUSED.length} harmful ones, ${wronged.length} of ${ALLOWED.length} harmless ones`,
  );
  assert.ok(REFUSED.length + ALLOWED.length >= 120);
  assert.deepEqual(missed, []);
  assert.deepEqual(
    wronged.map((phrase) => [phrase, screen(phrase)]),
    [],
  );
});

test('a refusal names the area, the rule and the words that it matched', () => {
  const problem = screenQuestion('Will Vitalik be k.i.l.l.e.d by 2027?');
  assert.equal(problem?.code, 'screening.violence');
  assert.match(problem?.limit ?? '', /^surety\/screening\/v2 rule violence\./);
  assert.match(problem?.value ?? '', /killed/);
});

test('what is not understood of a person is refused without an accusation', () => {
  const problem = screenQuestion('Will Jane Roe trill gently before 2027?');
  assert.match(problem?.limit ?? '', /violence\.person-unclear$/);
  assert.match(problem?.message ?? '', /not clear to the rules/);
  assert.equal(screenQuestion('Will Jane Roe resign before 2027?'), null);
});

test('property: disguising the letters of a refused phrase does not let it through', () => {
  const disguises: readonly ((word: string) => string)[] = [
    (word) => word.replaceAll('i', '1').replaceAll('o', '0'),
    (word) => word.replaceAll('e', '3').replaceAll('s', '$'),
    (word) => word.replaceAll('a', 'а').replaceAll('e', 'е'),
    (word) => [...word].join('.'),
    (word) => [...word].join(' '),
    (word) => word.replace(/(.)/, '$1$1$1$1'),
    (word) => word.toUpperCase(),
    (word) => [...word].map((c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0)).join(''),
  ];
  const verbs = fc.constantFrom('killed', 'murdered', 'assassinated', 'poisoned', 'kidnapped');
  fc.assert(
    fc.property(verbs, fc.constantFrom(...disguises), (verb, disguise) => {
      assert.equal(screen(`Will the president be ${disguise(verb)} before 2027?`).verdict, 'refused');
    }),
  );
});

test('property: screening never throws, and ends, on any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => void screen(text.toWellFormed())));
});

test('a long hostile text is judged in bounded work', () => {
  for (const word of ['will ', 'will be ', "a's ", 'who ', 'kill ', 'in the ', 'child ', '1', 'k ', 'to the of '])
    screen(word.repeat(Math.ceil(4_000 / word.length)));
});
