import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignHarm } from './screening-languages.ts';

test('words of harm in seven languages, with or without accents', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['¿Morirá el alcalde antes de junio?', 'violence.es'],
    ['Wird der Richter ermordet?', 'violence.de'],
    ['Le juge sera-t-il assassiné ?', 'violence.fr'],
    ['O juiz vai morrer em junho?', 'violence.pt'],
    ['Il giudice morirà a giugno?', 'violence.it'],
    ['Умрёт ли судья?', 'violence.ru'],
    ['法官会被杀吗', 'violence.zh'],
  ];
  for (const [text, id] of cases) assert.equal(foreignHarm(text)?.id.split('.')[0], id.split('.')[0], text);
});

test('English is left to the English rules, and harmless questions pass', () => {
  for (const text of ['Will Mata score?', '¿Ganará el Betis?', 'Wird Bayern Meister?', 'Вырастет ли биткоин?'])
    assert.equal(foreignHarm(text), null, text);
});
