/**
 * Letters that look like Latin ones, brought to the Latin letter. Our own table of the common cases; the
 * idea is the skeleton of Unicode TR #39. Used for warnings and for screening, never to change a subject.
 */
const LOOKS_LIKE: readonly (readonly [string, string])[] = [
  ['a', 'аɑα⍺'],
  ['b', 'ЬᏏƅЪβв'],
  ['c', 'сϲⅽᴄ'],
  ['d', 'ԁⅾᏧɗ'],
  ['e', 'еҽ℮єɛε'],
  ['f', 'ſƒϝ'],
  ['g', 'ɡցԍ'],
  ['h', 'һհᏂн'],
  ['i', 'іıɩιⅰӏї'],
  ['j', 'јϳ'],
  ['k', 'κкᴋқ'],
  ['l', 'ⅼӀ|ǀլ'],
  ['m', 'ⅿмᴍ'],
  ['n', 'ոռпη'],
  ['o', 'оοօᴏσ०೦ഠჿөø'],
  ['p', 'рρϱ'],
  ['q', 'ԛգզ'],
  ['r', 'гᴦⲅя'],
  ['s', 'ѕꜱ'],
  ['t', 'тτᴛ'],
  ['u', 'υսᴜцµ'],
  ['v', 'νѵⅴᴠ'],
  ['w', 'ԝѡաᴡωш'],
  ['x', 'хⅹ×χ'],
  ['y', 'уүγʏ'],
  ['z', 'ᴢʐ'],
];
const TO_LATIN = new Map(LOOKS_LIKE.flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)));

/** Compatibility-decomposed, lower case, no accents, look-alikes as the Latin letter they resemble. */
export const skeleton = (text: string): string =>
  [
    ...text
      .normalize('NFKD')
      .replace(/\p{Mark}/gu, '')
      .toLowerCase(),
  ]
    .map((c) => TO_LATIN.get(c) ?? c)
    .join('');
