/**
 * The widest rule: a forecast that names a person and speaks of bodily harm is refused, however the two are joined.
 * Pattern rules know sentences; this one knows only that the two should not meet in a market.
 */
import type { Folded } from './fold.ts';
import { DETERMINERS, NAMES, THINGS } from './screening-words.ts';

/** Words and phrases of bodily harm; each with spaces around it. */
const BODILY =
  'die dies dying dead death deaths murder murdered corpse coffin funeral grave obituary suicide bullet gunshot gunfire sniper shooter acid hostage ransom kidnapped abducted stabbed stabbing knifed ' +
  'assault assaulted hospital hospitalized hospitalised injured injury injuries wounded maimed crippled paralyzed paralysed beaten lynched raped tortured poisoned poison strangled drowned beheaded hanged executed electrocuted ' +
  'buried cremated cancer bleed bleeding coma stroke overdose fatal fatally deadly lethal alive breathing unconscious disfigured mutilated bones casualty casualties bomb bombed assassinated assassination assassinate murderer killer killers hitman';
const PHRASES =
  /\b(?:(?:loses?|lost|taking|takes?|ends?) (?:his|her|their|your|its) (?:own )?life|attempt (?:\S+ ){0,3}on (?:the|his|her|their) (?:life|lives)|(?:legs?|arms?|neck|nose|ribs?|skull|jaw|fingers?) (?:get |be )?broken|break (?:\S+ ){1,3}(?:legs?|arms?|neck|nose|ribs?|fingers?)|(?:plane|car|helicopter|train) crash|drone strike|air strike|next birthday|down the stairs|off (?:a|the) (?:roof|bridge|cliff|building|balcony)|under (?:a|the) (?:bus|train|car)|run over|shot (?:dead|at|down)|gone for good|no longer with us|heart attack|last breath|stop living|plane (?:go|goes|going) down|set on fire|burn(?:ed|t)? alive|meet (?:his|her|their) end|pay with (?:his|her|their) life|silenced forever|taken hostage|thrown (?:from|off|out))\b/;

/** Roles whose mention means one particular person or any of a few. */
const HOLDERS =
  'president premier chancellor senator congressman congresswoman governor mayor judge justice king queen prince princess pope bishop imam dictator minister ambassador ceo cto cfo founder cofounder chairman ' +
  'journalist reporter whistleblower witness prosecutor lawyer wife husband girlfriend boyfriend ex mother father sister brother son daughter neighbor neighbour landlord boss colleague celebrity actor actress singer rapper politician activist someone somebody anyone anybody';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const BODILY_WORDS = words(BODILY);
const HOLDER_WORDS = words(HOLDERS);

/** What folding may recover from a disguise. */
export const BODILY_VOCABULARY: readonly string[] = [...BODILY_WORDS];

const isName = ({ raw }: Folded): boolean => /^\p{Lu}[\p{Ll}'’.-]+$/u.test(raw);
const isCommon = ({ key }: Folded): boolean => THINGS.has(key) || DETERMINERS.has(key);

/** The words that name a person: a known name, a role, or two capitalised words in a row that are no known thing. */
const personIn = (folded: readonly Folded[]): string | null => {
  const known = folded.find(({ key }) => (NAMES.has(key) && !THINGS.has(key)) || HOLDER_WORDS.has(key));
  if (known !== undefined) return known.key;
  // The first word has its capital from the sentence.
  const pair = folded.findIndex(
    (word, i) =>
      i > 0 &&
      isName(word) &&
      !isCommon(word) &&
      folded[i + 1] !== undefined &&
      isName(folded[i + 1]!) &&
      !isCommon(folded[i + 1]!),
  );
  return pair < 0 ? null : `${folded[pair]!.key} ${folded[pair + 1]!.key}`;
};

/** The person and the harm that meet in a text, or `null`. */
export const personAndHarm = (folded: readonly Folded[], joined: string): string | null => {
  const harm = PHRASES.exec(joined)?.[0] ?? folded.find(({ key }) => BODILY_WORDS.has(key))?.key;
  if (harm === undefined) return null;
  const person = personIn(folded);
  return person === null ? null : `${person} … ${harm}`;
};
