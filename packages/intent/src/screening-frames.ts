/**
 * Frames: what must not meet in a market, however the sentence joins it. A frame names whom a question speaks of and
 * a class of words (`screening-classes.ts`); contexts in which those words mean something else take it away. Sentence
 * patterns (`screening-rules.ts`) judge who does what to whom; frames know meaning and not grammar.
 */
import type { Folded } from './fold.ts';
import { type Persons, personsIn } from './persons.ts';
import { doesSomething, PUBLIC_ACT } from './public-acts.ts';
import * as words from './screening-classes.ts';
import type { ScreeningRule } from './screening-rules.ts';
import { NAMES, THINGS } from './screening-words.ts';
import { type WordClass, wordClass } from './word-class.ts';

type Frame = {
  readonly id: string;
  readonly code: ScreeningRule['code'];
  readonly when: ScreeningRule['when'];
  /**
   * `named`, `person` (by name or role), `any-name` (also a single unknown name), `subject` (whom the sentence is
   * about, unless a verb of doing follows); absent: nobody need be spoken of.
   */
  readonly whom?: 'named' | 'person' | 'any-name' | 'subject';
  /** All of these must occur. */
  readonly meet: readonly WordClass[];
  /** Where one of these occurs, the frame says nothing. */
  readonly unless?: readonly WordClass[];
  /** The same, but only where nobody is named. */
  readonly unlessUnnamed?: readonly WordClass[];
  /** A story, in which its own people may suffer; not those whom the lists know. */
  readonly fiction?: WordClass;
};

const HOME = wordClass(
  'house, home, villa, mansion, apartment, flat, cabin, cottage, farm, ranch, yacht, car, garage, office, shop, bakery, restaurant, dog, family, kids, children',
);
const OFFICE_EMPTY = wordClass(
  `(vacan*|empty|vacated|open up|opens up) (\\S+ ){0,6}?(death*|died|dies|croak*|natural causes|act of god|other than|because (he|she|they|of)|caused by|killed|mortal*|funeral|unexpected*|sudden*|tragic*|heart|assassin*), (throne|crown|succession|regency) (\\S+ ){0,6}?(natural causes|vacated|death|passes)`,
);
const FEWER_LIVING = wordClass(
  `(number|count|total|fewer|less|one fewer|how many|more than|only) (\\S+ ){0,4}?(living|surviving|alive|remaining|breathing), (living|surviving) (\\S+ ){0,3}?(presidents?|justices?|senators?|members?|beatles?|founders?|popes?|royals?|kings?|queens?|monarchs?), last (surviving|living|remaining) (\\S+), (drop|drops|fall|falls|down) (\\S+ ){0,3}?(through|by|because of|due to) death`,
);
const WHICH_PLACE = wordClass(
  `(which|what) (\\S+ )?(gym|school|kindergarten|nursery|college|hotel|flight|train|car|floor|building|street|cafe|caf|coffee shop|restaurant|bar|church|mosque|synagogue|shelter|clinic|hospital|doctor|therapist|bank|town|village|suburb|district|house|apartment|room|road|route|bus|park|playground|office|seat|beach|dentist|salon|villa) (does|do|is|are|will|did|has|can|could), (on|in|at) (which|what) (\\S+ )?(floor|building|street|town|village|suburb|city|house|apartment|room|hotel|hospital|clinic|shelter|gym|school|cafe|restaurant|bank|train|flight),`,
);
const WHERE = wordClass(
  `where (exactly |now |currently |in \\S+ )?(does|do|is|are|will|can|would|might|s), (find|tell me|know|knows|publish*|post|posts|reveal*|share*|leak*) (\\S+ )?where, address where, (located|location|whereabouts)`,
);
const WHERE_ACT = wordClass(
  `live, lives, living, reside*, stay*, sleep*, hide, hides, hiding, work, works, park, parks, parked, standing, sitting, walk*, jog*, run, runs, eat*, drink*, shop, shops, go to school, go, goes, going, be, right now, now, tonight, tomorrow, today, at night, at home, attend*, visit*, treated, pick up, picks up, train, trains, travel*, currently, located`,
);
const ROUTINE = wordClass(
  `(what|which) time (does|do|is|are|will), when (does|do|is|are|will) (\\S+ ){1,6}?(leave|leaves|come home|home|alone|asleep|sleep|walk|jog|arrive at|pick up|be alone|away|out of town|on holiday), (home|house|villa|apartment|flat) (\\S+ ){0,3}?(alone|empty|unguarded|unattended|unlocked), (alone at home|home alone|away from (\\S+ )?(home|house|villa|apartment)), (daily|usual|morning|evening) (route|routine|schedule|walk|run|commute), (bodyguards?|guards|security detail|guarding|guarded|alarm system), walk (her|his|their) dog, leave (her|his|their|for)`,
);
const WHO_IS = wordClass(
  `in real life, irl, (who|which person|what person|whose) (\\S+ ){0,3}?(is|runs|run|owns|controls|operates|hides|s) (\\S+ ){0,2}?(hiding|(behind )?the (handle|account|pseudonym|alias|username|wallet|person|human)), (face|surname|name|person|human|identity|passport) (\\S+ ){0,4}?(to|behind) (\\S+ ){0,3}?(wallet|handle|account|address|pseudonym|alias|username|trader|whale|hacker|owner|founder|developer), full name please, real identity, true identity, real name, legal name`,
);
const SENSITIVE = wordClass(
  `gay, lesbian, bisexual, trans, transgender, homosexual, pregnant, hiv, aids, std, herpes, jewish, muslim, autistic, bipolar, schizophrenic, alcoholic, addict, addicted, on drugs, having an affair, cheating on, sleeping with, abortion, infertile, impotent, sick, terminally ill, depressed, suicidal, undocumented, illegal immigrant, cancer, dementia, diabetes, in therapy, in rehab`,
);
const YOUTH = wordClass(
  `child, children, childs, kids?, minors?, underage, under age, pre ?teens?, toddlers?, babies, schoolgirls?, schoolboys?, (teen|teenage|little|young) (girls?|boys?), pupils, (nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|\\d|1\\d) (year|years|yr|yo) ?(olds?|old)?, (9|10|11|12|13|14|15|16) ?yo, lolita, loli, shota`,
);
const SEXUAL = wordClass(
  `porn*, sex, sexual*, sexy, nudes?, naked, undress*, strip*, topless, bikini clips, erotic*, explicit, abuse material, private (photos?|pictures?|videos?), intimate, molest*, groom*, seduc*, nsfw, onlyfans, clips? of, xxx, lewd`,
);
const MINOR_CODE = wordClass(
  'csam, jailbait, jail bait, loli, lolita, lolicon, shota, shotacon, pthc, cheese pizza, map community',
);
const FIRST_PERSON = wordClass('i, me, myself, my');
const ROCKET = wordClass(
  'rockets?, starship, falcon, booster, spacecraft, satellite*, launch pad, next flight, next launch, pad',
);
const QUESTION_WORD = wordClass(
  '^(?:\\S+ ){0,2}?(who|whose|whom|what|which|where|how do|how can|how would|at what|on which|in which)',
);
const AIR = wordClass(
  `(plane|aircraft|airliner|airplane|jet|passenger jet|helicopter|flight) (\\S+ ){0,6}?(brought down|shot down|blown|hijack*|downed|taken down|explode*|bomb*|fall from the sky), (bring|brings|shoot|shoots|take|takes) down (\\S+ ){0,3}?(plane|aircraft|airliner|jet|flight)`,
);
const CRASH_INTO = wordClass(
  `(truck|van|lorry|car|vehicle|suv|bus|tram|driver) (\\S+ ){0,5}?(plough*|plow*|ram|rams|rammed|drive* into|drove into|mow*|run over|hit|hits|into), mowed down, (plough*|plow*|ram|rams|rammed|drive|drives|drove) (\\S+ )?(into|through)`,
);

const violence = (id: string, rest: Omit<Frame, 'id' | 'code' | 'when'>): Frame => ({
  id: `violence.${id}`,
  code: 'screening.violence',
  when: 'future',
  ...rest,
});
const terror = (id: string, rest: Omit<Frame, 'id' | 'code' | 'when'>): Frame => ({
  id: `terror.${id}`,
  code: 'screening.terror',
  when: 'future',
  ...rest,
});
const doxxing = (id: string, rest: Omit<Frame, 'id' | 'code' | 'when'>): Frame => ({
  id: `doxxing.${id}`,
  code: 'screening.doxxing',
  when: 'not-past',
  ...rest,
});
const theft = (id: string, rest: Omit<Frame, 'id' | 'code' | 'when'>): Frame => ({
  id: `theft.${id}`,
  code: 'screening.theft',
  when: 'not-past',
  ...rest,
});

const { MEDICINE, STATISTICS, LAW, ABOUT_THEFT, ABOUT_SECRETS, SPORT, WORK, TRADE } = words;

export const FRAMES: readonly Frame[] = [
  { id: 'minors.code', code: 'screening.minors', when: 'always', meet: [MINOR_CODE] },
  { id: 'minors.sexual', code: 'screening.minors', when: 'always', meet: [YOUTH, SEXUAL], unless: [LAW, STATISTICS] },
  { id: 'self-harm.first-person', code: 'screening.self-harm', when: 'always', meet: [words.SELF_HARM, FIRST_PERSON] },
  {
    id: 'self-harm.talk',
    code: 'screening.self-harm',
    when: 'not-past',
    meet: [words.SELF_HARM_TALK, FIRST_PERSON],
    unless: [SPORT],
  },
  {
    id: 'self-harm.least-painful',
    code: 'screening.self-harm',
    when: 'always',
    meet: [wordClass('(least painful|painless*) … way (\\S+ )?(go|die|end|out|leave), how many pills')],
  },
  {
    id: 'self-harm.person',
    code: 'screening.self-harm',
    when: 'future',
    whom: 'any-name',
    meet: [words.SELF_HARM],
    unless: [WORK, STATISTICS, MEDICINE],
  },

  terror('substance', { meet: [words.SUBSTANCE], unless: [WORK] }),
  terror('aircraft', { meet: [AIR], unless: [WORK] }),
  terror('vehicle', { meet: [CRASH_INTO, words.GATHERING], unless: [WORK, SPORT] }),
  terror('blast', { meet: [words.GATHERING, words.BLAST], unless: [LAW, WORK, TRADE, ROCKET] }),
  terror('fire', { meet: [words.GATHERING, words.FIRE], unless: [WORK] }),
  terror('sabotage', { meet: [words.INFRASTRUCTURE, words.SABOTAGE], unless: [WORK] }),
  terror('infrastructure-blast', { meet: [words.INFRASTRUCTURE, words.BLAST], unless: [LAW, WORK, TRADE] }),

  violence('end', {
    whom: 'any-name',
    meet: [words.END],
    unlessUnnamed: [SPORT, TRADE, MEDICINE, STATISTICS],
    fiction: WORK,
  }),
  violence('death-signs', {
    whom: 'person',
    meet: [words.DEATH_SIGNS],
    unless: [LAW, STATISTICS, WORK],
    unlessUnnamed: [MEDICINE, TRADE],
  }),
  violence('injury', {
    whom: 'person',
    meet: [words.INJURY],
    unless: [SPORT, STATISTICS],
    unlessUnnamed: [MEDICINE],
    fiction: WORK,
  }),
  violence('body', {
    whom: 'any-name',
    meet: [words.BODY_HARM],
    unless: [SPORT, STATISTICS],
    unlessUnnamed: [MEDICINE],
    fiction: WORK,
  }),
  violence('accident', { whom: 'person', meet: [words.ACCIDENT], unless: [SPORT, TRADE], fiction: WORK }),
  violence('removal', {
    whom: 'person',
    meet: [words.REMOVAL],
    unless: [SPORT],
    unlessUnnamed: [TRADE],
    fiction: WORK,
  }),
  violence('taking', { whom: 'person', meet: [words.TAKING], unless: [LAW], fiction: WORK }),
  violence('threat', { whom: 'person', meet: [words.THREAT], unless: [LAW], fiction: WORK }),
  violence('weapon', { whom: 'person', meet: [words.WEAPON], unless: [LAW, SPORT, TRADE], fiction: WORK }),
  violence('property', { whom: 'person', meet: [HOME, words.FIRE], unless: [WORK] }),
  violence('person-unclear', { whom: 'subject', meet: [], unless: [PUBLIC_ACT, WORK, TRADE, SPORT] }),
  violence('office-empty', { meet: [OFFICE_EMPTY] }),
  violence('fewer-living', { meet: [FEWER_LIVING] }),

  doxxing('which-place', { whom: 'person', meet: [WHICH_PLACE], unless: [WORK, SPORT, TRADE] }),
  doxxing('where-now', { whom: 'person', meet: [WHERE, WHERE_ACT], unless: [WORK, SPORT, TRADE] }),
  doxxing('routine', { whom: 'person', meet: [ROUTINE], unless: [WORK, SPORT, TRADE] }),
  doxxing('who-is', { meet: [WHO_IS], unless: [WORK] }),
  doxxing('private', {
    whom: 'person',
    meet: [words.PRIVATE, wordClass('what, whats, tell, find, give, link, put, who, show, list, where, which')],
  }),
  doxxing('leak', { whom: 'person', meet: [words.PRIVATE, words.OUT] }),
  doxxing('sensitive', {
    whom: 'person',
    meet: [SENSITIVE, wordClass('^(is|are|does|do|has|was) (?!.*\\b(?:will|by|before)\\b)[^?]*')],
  }),

  doxxing('about-a-person', { whom: 'person', meet: [QUESTION_WORD], unless: [] }),

  theft('secret', { meet: [words.SECRET, words.SECRET_LOST], unless: [ABOUT_SECRETS] }),
  theft('loss', { meet: [words.HOLDER, words.LOSS], unless: [ABOUT_THEFT, WORK, SPORT] }),
];

/** Words the frames know: what folding may recover from a disguise. */
export const FRAME_VOCABULARY: readonly string[] = [
  ...new Set(FRAMES.flatMap(({ meet }) => meet.flatMap(({ vocabulary }) => vocabulary))),
];

const HARM: readonly WordClass[] = [
  words.END,
  words.DEATH_SIGNS,
  words.INJURY,
  words.WEAPON,
  words.BLAST,
  words.TAKING,
  words.SUBSTANCE,
];
const HARM_WORDS: ReadonlySet<string> = new Set(HARM.flatMap(({ alone }) => alone));

const spoken = (persons: Persons, whom: Frame['whom']): string | null => {
  switch (whom) {
    case undefined:
      return '';
    case 'named':
      return persons.named;
    case 'subject':
      return persons.subject?.key ?? null;
    case 'person':
      return persons.named ?? persons.role;
    case 'any-name':
      return persons.named ?? persons.role ?? persons.unknown;
  }
};

const find = ({ pattern }: WordClass, joined: string): string | null => {
  for (const match of joined.matchAll(pattern)) if (match[0] !== '') return match[0].trim();
  return null;
};
const has = (classes: readonly WordClass[] | undefined, joined: string): boolean =>
  classes?.some((each) => find(each, joined) !== null) === true;

export type FrameMatch = { readonly id: string; readonly code: Frame['code']; readonly matched: string };

/**
 * The text without words of harm that are part of a title: "Red Dead Redemption". A title is a run of capitalised
 * words inside a sentence that is not all capitals; a run with a known name in it ("Trump Dead") is none.
 */
const withoutTitles = (folded: readonly Folded[], joined: string): string => {
  const capital = (word: Folded | undefined): boolean => word !== undefined && /^\p{Lu}\p{Ll}+/u.test(word.raw);
  if (!folded.some((word, i) => i > 0 && /^\p{Ll}/u.test(word.raw) && word.key.length > 2)) return joined;
  const keys = folded.map((word, i) => {
    const inRun = i > 0 && capital(word) && HARM_WORDS.has(word.key);
    if (!inRun) return word.key;
    let [start, end] = [i, i];
    while (start > 1 && capital(folded[start - 1])) start--;
    while (capital(folded[end + 1])) end++;
    const run = folded.slice(start, end + 1);
    return run.length > 1 && !run.some(({ key }) => NAMES.has(key) && !THINGS.has(key)) ? 'proper' : word.key;
  });
  return keys.join(' ');
};

/**
 * The first frame that a question fills, or `null`.
 * @param looks which tenses the question has, as the sentence patterns judge it
 */
export const matchFrame = (
  folded: readonly Folded[],
  text: string,
  looks: (when: Frame['when']) => boolean,
): FrameMatch | null => {
  const joined = withoutTitles(folded, text);
  const persons = personsIn(folded, (key) => HARM_WORDS.has(key));
  for (const { id, code, when, whom, meet, unless, unlessUnnamed, fiction } of FRAMES) {
    if (!looks(when)) continue;
    const person = spoken(persons, whom);
    if (person === null) continue;
    if (whom === 'subject' && doesSomething(folded.slice(persons.subject!.at + 1))) continue;
    const met = meet.map((each) => find(each, joined));
    if (met.includes(null) || has(unless, joined)) continue;
    if (persons.named === null && has(unlessUnnamed, joined)) continue;
    if (fiction !== undefined && !persons.real && find(fiction, joined) !== null) continue;
    return { id, code, matched: [person, ...met].filter((part) => part !== '').join(' … ') };
  }
  return null;
};
