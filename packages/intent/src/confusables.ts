/**
 * Letters that look like Latin ones, brought to the Latin letter. Our own table of the common cases; the
 * idea is the skeleton of Unicode TR #39. Used for warnings and for screening, never to change a subject.
 */
const LOOKS_LIKE: readonly (readonly [string, string])[] = [
  ['a', 'аɑα⍺ᴀɐ'],
  ['b', 'ЬᏏƅЪβвʙ'],
  ['c', 'сϲⅽᴄ'],
  ['d', 'ԁⅾᏧɗᴅ'],
  ['e', 'еҽ℮єɛεᴇǝ'],
  ['f', 'ſƒϝꜰ'],
  ['g', 'ɡցԍɢƃ'],
  ['h', 'һհᏂнʜɥ'],
  ['i', 'іıɩιⅰӏїɪ'],
  ['j', 'јϳᴊ'],
  ['k', 'κкᴋқʞ'],
  ['l', 'ⅼӀ|ǀլʟ'],
  ['m', 'ⅿмᴍɯ'],
  ['n', 'ոռпηɴ'],
  ['o', 'оοօᴏσ०೦ഠჿөø'],
  ['p', 'рρϱᴘ'],
  ['q', 'ԛգզ'],
  ['r', 'гᴦⲅяʀɹ'],
  ['s', 'ѕꜱ'],
  ['t', 'тτᴛʇ'],
  ['u', 'υսᴜцµ'],
  ['v', 'νѵⅴᴠʌ'],
  ['w', 'ԝѡաᴡωшʍ'],
  ['x', 'хⅹ×χ'],
  ['y', 'уүγʏʎ'],
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
