/** Whom a question speaks of: named people, holders of a role, or nobody in particular. */
import type { Folded } from './fold.ts';
import { DETERMINERS, NAMES, NOT_PEOPLE, THINGS } from './screening-words.ts';

export type Persons = {
  /** Somebody with a name. */
  readonly named: string | null;
  /** Somebody by role, relation or pronoun: "the judge", "my landlord", "him". */
  readonly role: string | null;
  /** A single name that no list knows; may be a person, a firm or a pet. */
  readonly unknown: string | null;
  /** Whether the lists know somebody, or a role is spoken of: then no story makes them a character. */
  readonly real: boolean;
  /** A person by name or role among the first words after "will": whom the sentence is about; and where in it. */
  readonly subject: { readonly key: string; readonly at: number } | null;
};

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Roles whose mention means one particular person or any of a few. */
const ROLE = words(`
  president premier chancellor senator congressman congresswoman governor mayor judge justice justices king queen prince princess pope bishop
  archbishop imam rabbi priest dictator minister ambassador ceo cto cfo coo founder cofounder chairman chairwoman journalist reporter blogger
  whistleblower witness prosecutor lawyer attorney juror wife husband spouse girlfriend boyfriend ex mother father mom dad stepfather stepmother
  sister brother son daughter twins aunt uncle cousin grandmother grandfather neighbor neighbour landlord roommate flatmate classmate teacher
  boss colleague coworker celebrity actor actress singer rapper streamer influencer youtuber gymnast politician activist umpire referee moderator
  snitch informant accountant employee someone somebody anyone anybody whoever he she him her his hers himself herself pensioner
  officer cop policeman guard inmate refugee heir heiress successor wives kids baby toddler victim hostage billionaire developer
`);
const TITLES = words(
  'mr mrs ms miss dr sir madam lord lady senator judge justice president king queen prince princess pope representative congressman congresswoman governor mayor general colonel captain officer minister chancellor secretary professor father sister brother saint emperor sheikh ayatollah',
);
const NOT_FIRST = words(
  'will is are was were did does do has have had who what when where which why how can could would should shall may might if on in at by before until the a an and or of for to from with please hey so after during next find give tell put link i my his her their our your its forecast no not there another only',
);
/** Nouns that take the name before them: "Trump coin", "Taylor Swift album". */
const TAKES_NAME = words(
  'files film movie show series book memoir law act case trial bill tower center centre library foundation award prize cup song album tour token coin memecoin speech interview administration campaign tariff tariffs tax cuts era fund etf stock memorial museum statue street avenue airport stadium',
);

const LOOKS_NAMED = /^[@\p{Lu}](?=.*\p{Ll})[\p{L}\p{M}\p{N}'’.-]*$|^\p{Lu}{2,4}$|^\p{Lu}\.?$/u;
const isCapital = ({ raw }: Folded): boolean => LOOKS_NAMED.test(raw);

/** Characters whose names the lists would take for people. */
export const CHARACTERS =
  /\b(?:james bond|john wick|harry potter|peter parker|tony (?:stark|soprano)|jon snow|walter white|michael corleone|jack (?:sparrow|ryan|reacher)|henry higgins|indiana jones)\b/;

type Kind = 'named' | 'role' | 'unknown';
type Person = { readonly kind: Kind; readonly key: string; readonly at: number };

/** A sentence names its subject among its first words: "Will the mother of Jane Roe …". */
const SUBJECT_WORDS = 5;

/** Finds them. `isHarmWord` tells words that belong to harm, which name nobody. */
export const personsIn = (folded: readonly Folded[], isHarmWord: (key: string) => boolean): Persons => {
  const anyCapital = folded.some((word, i) => i > 0 && /^\p{Lu}/u.test(word.raw) && word.key !== 'i');
  const isCommon = ({ key }: Folded): boolean =>
    THINGS.has(key) || DETERMINERS.has(key) || NOT_PEOPLE.has(key) || NOT_FIRST.has(key);
  const takesName = (i: number): boolean => TAKES_NAME.has(folded[i]?.key ?? '');
  const isProper = (word: Folded | undefined): word is Folded =>
    word !== undefined && isCapital(word) && !isCommon(word);
  const isKnown = (word: Folded): boolean =>
    NAMES.has(word.key) && !THINGS.has(word.key) && (isCapital(word) || !anyCapital);

  const personAt = (word: Folded, at: number): Person | null => {
    const next = folded[at + 1];
    const person = (kind: Kind, key: string): Person => ({ kind, key, at });
    if (TITLES.has(word.key) && isCapital(word) && isProper(next)) return person('named', `${word.key} ${next.key}`);
    if (isKnown(word) && !takesName(at + 1) && !(next !== undefined && isCapital(next) && takesName(at + 2)))
      return person('named', word.key);
    const inOfficialName = isCapital(word) && at > 0 && next !== undefined && isCapital(next) && isCommon(next);
    if (ROLE.has(word.key)) return inOfficialName ? null : person('role', word.key);
    if (!isProper(word) || isHarmWord(word.key) || TITLES.has(word.key)) return null;
    if (isProper(next) && next.raw !== word.raw && !isHarmWord(next.key)) {
      const before = folded[folded[at - 1]?.key === "'s" ? at - 2 : at - 1];
      const inTitle =
        before !== undefined && at > 1 && isCapital(before) && (isCommon(before) || isHarmWord(before.key));
      return inTitle || takesName(at + 2) ? null : person('named', `${word.key} ${next.key}`);
    }
    // "Perl 5" is a version.
    if (/^\d+$/.test(next?.key ?? '')) return null;
    return /^(?:\p{Lu}\p{Ll}|@)/u.test(word.raw) ? person('unknown', word.key) : null;
  };

  const found = folded.flatMap((word, at) => personAt(word, at) ?? []);
  const first = (...kinds: readonly Kind[]): Person | undefined => found.find(({ kind }) => kinds.includes(kind));
  const subject = first('named', 'role');
  return {
    named: first('named')?.key ?? null,
    role: first('role')?.key ?? null,
    unknown: first('unknown')?.key ?? null,
    real:
      (first('role') !== undefined || folded.some(isKnown)) && !CHARACTERS.test(folded.map(({ key }) => key).join(' ')),
    subject: subject !== undefined && subject.at < SUBJECT_WORDS ? subject : null,
  };
};
