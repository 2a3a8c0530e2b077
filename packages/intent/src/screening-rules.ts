/**
 * The screening rules: the shapes of questions that would pay for harm. Each is a pattern over folded words
 * and, where it names somebody, a condition on whether that is a person.
 */
import type { ErrorCode } from '@surety/core';
import type { Who } from './people.ts';
import { SPORT } from './screening-classes.ts';

export type ScreeningRule = {
  /** Stable name, e.g. `violence.passive`; written to the log with a refusal. */
  readonly id: string;
  readonly code: Extract<ErrorCode, `screening.${string}`>;
  /** `future`: only where the words look ahead; `not-past`: not in questions about history; `always`. */
  readonly when: 'future' | 'not-past' | 'always';
  /** Over folded words joined by single spaces; the group `who` is the phrase to judge. */
  readonly pattern: RegExp;
  /** Where this occurs, the words mean something else. */
  readonly unless?: RegExp;
  /** What `who` must be for the rule to hold; absent where the pattern alone suffices. */
  readonly harms?: readonly Who[];
};

const PERSON: readonly Who[] = ['person'];
const NOT_THING: readonly Who[] = ['person', 'unknown-name'];
const ANY_NAME: readonly Who[] = ['person', 'unknown-name', 'unknown-noun'];

/** Done to people only. */
const STRONG =
  'murdered|assassinated|beheaded|decapitated|stabbed|strangled|poisoned|kidnapped|abducted|raped|tortured|lynched|hanged|maimed|crippled|unalived|whacked|euthanized|hospitalized|hospitalised|paralyzed|blinded|swatted|tarred|garroted|taken hostage|bludgeoned|dismembered';
/** Done on a pitch as well. */
const WEAK_SPORT =
  'injured|eliminated(?! from)|beaten(?! (?:by (?!thugs|a mob|police|inmates|men)|in |at the |to ))|hurt(?! by (?:the )?(?:\\S+ )?(?:inflation|elections?|polls?|tariffs|rates|scandals?|competition|news|fees|regulation|sanctions|voters|economy))';
/** Done to products as well. */
const WEAK =
  'killed(?! by (?!a |an |the |somebody|someone|his |her |their |police|gunmen))|shot|harmed|wounded|executed|neutralized|attacked|punched|jumped|ambushed|offed|liquidated by force|taken out|gunned down|blown up|run over|burned alive|dead|deceased';
const STRONG_ACT =
  'murder(?!s? (?:rates?|trial|cases?|charges?|conviction|mystery|mysteries|suspect|investigation|in the|of|on|end))|assassinate|behead|stab(?! at)|strangle|poison(?! pill)|kidnap|abduct|rape(?! (?:case|trial|charge))|torture|lynch|hang(?! (?:on|out|up|around|over|in) )|maim|cripple|unalive|garrote';
const WEAK_ACT =
  'kill|kills|shoot|shoots|hurt|hurts|injure|injures|harm|wound|beat up|execute|eliminate|neutralize|attack|punch|ambush|gun down|blow up|run over|whack|take out';
const DIE =
  'die|dies|drop dead|drops dead|pass away|passes away|kick the bucket|stop breathing|perish|croak|meet his maker|meet her maker|bleed out|cease to live|expire in person';
const AHEAD =
  '(?:will|wont|would|shall|can|could|should|might|going to|gonna|about to|does|is|are|when|before|until|that|if|forecast|how long until)';
const WHO = '(?<who>(?:\\S+ ){1,7}?)';
const OBJECT =
  '(?<who>(?:\\S+ ?){1,4}?)(?= ?(?:by|before|in|on|at|this|next|with|for|and|or|within|until|during|today|tomorrow|when|if|first|$))';
/** Rockets explode, and that is no attack. */
const NO_ROCKET =
  '^(?!.*\\b(?:rockets?|starship|falcon|booster|spacecraft|satellite|launch pad|next flight|next launch)\\b).*';
const PLACE =
  'school|schools|church|churches|mosque|synagogue|temple|airport|stadium|concert|parade|rally|mall|embassy|hospital|subway|metro|train|station|courthouse|parliament|market|crowd|super bowl|world cup|capitol|house|home|homes|office|offices|headquarters|hotel|festival|marathon|plane|bus|nightclub|museum|mansion|car|clinic|campus|university';
const SECRET =
  '(?:(?:12|24|twelve|twenty four|secret) words|mnemonics?|(?:seed|recovery|secret|backup|mnemonic)(?: recovery)? ?(?:phrase|phrases|words|key|keys)|private keys?|passwords?|keystore(?: file)?|2fa codes?|wallet keys?|pin code|api keys?)';
const STEAL_ACT =
  'hack|drain|steal|exploit|rob|breach|phish|loot|empty|siphon|crack(?= (?:\\S+ ){0,5}?(?:wallet|wallets|vault|password|account|accounts|key|keys|seed|phrase|pin|phone|safe|ledger|trezor))|break into|brute force|scam|defraud|rugpull|sim swap';
const STOLEN =
  'hacked|exploited|drained|robbed|looted|stolen(?! less)|breached|phished|siphoned|compromised|emptied|burgled|sim swapped';
const CHILD =
  '(?:child|children|kid|kids|minor|minors|underage|preteen|toddler|baby|schoolgirl|schoolboy|teen girl|teen boy|little girl|little boy)';
const SEXUAL =
  '(?:porn|pornography|sex|sexual|sexually|nude|nudes|naked|rape|molest|molested|erotic|explicit|abuse material)';
const POLICY =
  '(?!.*\\b(?:law|bill|regulation|act|ban|legislation|convicted|charged|arrested|indicted|sentenced|prosecuted|detection|scanning|report|reporting)\\b)';

const r = (source: string): RegExp => new RegExp(source, 'dg');

export const RULES: readonly ScreeningRule[] = [
  // --- harm to a person -----------------------------------------------------------------------
  {
    id: 'violence.passive-strong',
    code: 'screening.violence',
    when: 'not-past',
    harms: ANY_NAME,
    pattern: r(`\\b${AHEAD} ${WHO}(?:be|get|gets|been|being|found)? ?(?:${STRONG})\\b`),
  },
  {
    id: 'violence.passive',
    code: 'screening.violence',
    when: 'future',
    harms: NOT_THING,
    pattern: r(
      `\\b${AHEAD} ${WHO}(?:be|is|are|get|gets|been|being|found|turn up|end up|lie) (?:\\S+ly )?(?:${WEAK})\\b`,
    ),
  },
  {
    id: 'violence.passive-sport',
    code: 'screening.violence',
    when: 'future',
    harms: NOT_THING,
    unless: SPORT.pattern,
    pattern: r(
      `\\b${AHEAD} ${WHO}(?:be|is|are|get|gets|been|being|found|turn up|end up|lie) (?:\\S+ly )?(?:${WEAK_SPORT})\\b`,
    ),
  },
  {
    id: 'violence.passive-by',
    code: 'screening.violence',
    when: 'future',
    harms: PERSON,
    pattern: r(`\\b${AHEAD} ${WHO}(?:be|get|gets) (?:\\S+ly )?killed by\\b`),
  },
  {
    id: 'violence.active-strong',
    code: 'screening.violence',
    when: 'not-past',
    harms: ANY_NAME,
    pattern: r(`\\b(?:${STRONG_ACT})s? ${OBJECT}`),
  },
  {
    id: 'violence.active',
    code: 'screening.violence',
    when: 'future',
    harms: PERSON,
    pattern: r(`\\b(?:${WEAK_ACT}) ${OBJECT}`),
  },
  {
    id: 'violence.die',
    code: 'screening.violence',
    when: 'future',
    harms: NOT_THING,
    pattern: r(`\\b${AHEAD} ${WHO}(?:${DIE})\\b`),
  },
  {
    id: 'violence.who-next',
    code: 'screening.violence',
    when: 'not-past',
    pattern: r(
      `\\b(?:who|whom|which (?:\\S+ ){1,3})(?:will|is going to|gets|to) (?:be )?(?:next to )?(?:die|be killed|killed|murdered|assassinated|shot|get killed|get shot)\\b`,
    ),
  },
  {
    id: 'violence.death-of',
    code: 'screening.violence',
    when: 'future',
    harms: NOT_THING,
    pattern: r(
      `\\b(?:death|murder|assassination|funeral|obituary|killing|homicide|kidnapping|execution|dying) of ${OBJECT}`,
    ),
  },
  {
    id: 'violence.owned-death',
    code: 'screening.violence',
    when: 'future',
    harms: NOT_THING,
    pattern: r(
      `(?<who>(?:\\S+ ){1,3}?)'s (?:(?:death|murder)(?! (?:\\S+ ){0,4}?(?:emmy|oscar|award|film|series|book))|assassination|funeral|obituary|killing|last breath|body|corpse|head)\\b`,
    ),
  },
  {
    id: 'violence.assassination',
    code: 'screening.violence',
    when: 'future',
    pattern: r(
      "\\b(?:assassinations?(?! (?:files|records|documents|documentary|museum|investigation|archive|classroom))|assassin(?! (?:'s )?creed)|assassins(?! creed)|hitman(?! (?:\\d|game|movie|reboot|series))|hit man|contract killer|contract killing|death pool|dead pool)\\b",
    ),
  },
  {
    id: 'violence.bounty',
    code: 'screening.violence',
    when: 'always',
    pattern: r(
      "\\b(?:(?:bounty|price|reward) (?:on|for) (?:\\S+ ){1,4}(?:'s )?head\\b|put a hit on|take a hit out|contract on (?:his|her|their) life|wanted dead|dead or alive reward)",
    ),
  },
  {
    id: 'violence.survival',
    code: 'screening.violence',
    when: 'future',
    harms: NOT_THING,
    pattern: r(
      `\\b(?:will|wont|does|can|could|says|that) ${WHO}(?:outlive|live (?:past|until|through|beyond|to see|another|long)|(?:still )?be (?:still )?(?:alive|living|breathing)|make it (?:to \\S+ )?(?:out )?alive|not live to|remain alive|stay alive)\\b`,
    ),
  },
  {
    id: 'violence.survive',
    code: 'screening.violence',
    when: 'future',
    harms: PERSON,
    pattern: r(
      `\\b(?:will|wont|does|can|could|says|that) ${WHO}survive(?! (?:\\S+ ){0,3}?(?:primary|vote|election|recall|impeachment|scandal|season|round|cut|challenge|halving|confidence|term|winter|bear market|market))\\b`,
    ),
  },
  {
    id: 'violence.lifespan',
    code: 'screening.violence',
    when: 'always',
    harms: NOT_THING,
    pattern: r(
      '\\b(?:how long (?:does|will|has|is) (?<who>(?:\\S+ ){1,5}?)(?:have left|got left|left to live|live|going to live)\\b|$^)',
    ),
  },
  {
    id: 'violence.someone-should',
    code: 'screening.violence',
    when: 'always',
    pattern: r(
      '\\b(?:someone|somebody|anyone|anybody|whoever|who) (?:should |could |would |can |will |please )?(?:kills?|murders?|shoots?|stabs?|poisons?|kidnaps?|assassinates?|hurts?|beats? up)\\b(?! (?:the |this |that |it |switch|app|feature|process|v\\d))',
    ),
  },
  {
    id: 'violence.noun',
    code: 'screening.violence',
    when: 'future',
    harms: NOT_THING,
    pattern: r(
      `\\b(?:stabbing|shooting|beating|poisoning|abduction|lynching|attempt on the life|assault|hit) (?:of|on|against) ${OBJECT}`,
    ),
  },
  {
    id: 'violence.accident',
    code: 'screening.violence',
    when: 'future',
    harms: NOT_THING,
    pattern: r(
      `\\b${AHEAD} ${WHO}(?:have|suffer|meet|be in|come to|get into|face) (?:a |an |any )?(?:fatal |deadly |serious |bad )?(?:accident|crash|harm|heart attack|stroke|injury|end of life|bodily harm|violent end|tragic end)\\b`,
    ),
  },
  {
    id: 'violence.removal-of',
    code: 'screening.violence',
    when: 'future',
    harms: PERSON,
    pattern: r(
      `\\b(?:gets? rid of|rid (?:us|me|the world|this world|the earth|society|them|the country) of|disposes? of|do away with|make away with|finish off|bump off|rub out|snuff out|put down|erase|waste|ice|whack|clip) ${OBJECT}`,
    ),
  },
  // --- attacks on people and places -----------------------------------------------------------
  {
    id: 'terror.attack',
    code: 'screening.terror',
    when: 'future',
    pattern: r(
      '\\b(?:terror|terrorist|mass shooting|mass shootings|school shooting|suicide bomb|suicide bomber|suicide bombing|car bomb|bombing|bombings|terrorists|massacre|genocide|dirty bomb|bioweapon|chemical attack|nerve gas|sarin|anthrax|pipe bomb|mass casualty|drive by shooting)\\b(?! (?:financing|list|listed|designation|law|act|film|movie|series|novel))',
    ),
  },
  {
    id: 'terror.place',
    code: 'screening.terror',
    when: 'future',
    pattern: r(
      `${NO_ROCKET}\\b(?:bomb|bombed|explosion|explode|shooting|shot up|shoot up|arson|firebombed|molotov|blow up|blown up|set on fire|burn down|burned down|burnt down|torched|vandalized|attacked|shots fired|gunfire|stampede|derailed)\\b(?: \\S+){0,6} (?:${PLACE})\\b`,
    ),
  },
  {
    id: 'terror.place-first',
    code: 'screening.terror',
    when: 'future',
    pattern: r(
      `\\b(?:${PLACE})\\b(?: \\S+){0,5} (?:be|get|gets) (?:bombed|shot up|firebombed|blown up|set on fire|burned down|burnt down|torched|attacked|evacuated for a bomb)\\b`,
    ),
  },
  {
    id: 'terror.how-to',
    code: 'screening.terror',
    when: 'always',
    pattern: r(
      '\\b(?:make|build|buy|get|synthesize|cook) (?:a |an |some )?(?:pipe )?(?:bomb|bombs|explosives|nerve gas|sarin|ricin|bioweapon|nuclear weapon)\\b',
    ),
  },
  {
    id: 'terror.fire',
    code: 'screening.terror',
    when: 'future',
    pattern: r(
      `\\b(?:set fire to|set alight|ram|torch|bomb|blow up|firebomb|shoot up|burn down) (?:\\S+ ){0,3}(?:${PLACE})\\b`,
    ),
  },
  // --- self-harm ------------------------------------------------------------------------------
  {
    id: 'self-harm',
    code: 'screening.self-harm',
    when: 'not-past',
    pattern: r(
      '\\b(?:(?:commit|commits|attempt|attempts|committing|by) suicide|(?:kill|kills|hang|hangs|shoot|shoots|hurt|cut|harm) (?:myself|yourself|himself|herself|themselves|themself|oneself)|self harm|(?<!drug )overdoses?(?! (?:deaths?|rates?|prevention|drug|crisis))|(?:end|take|takes|ends) (?:my|his|her|their|your)(?: own)? (?:own )?life|(?<!assisted )suicide(?! (?:rate|rates|hotline|helpline|prevention|squad|statistics|deaths|law|bill|net)))\\b',
    ),
  },
  // --- children -------------------------------------------------------------------------------
  {
    id: 'minors',
    code: 'screening.minors',
    when: 'always',
    pattern: r(`^${POLICY}.*\\b(?:csam|${CHILD}(?: \\S+){0,4} ${SEXUAL}|${SEXUAL}(?: \\S+){0,4} ${CHILD})\\b`),
  },
  // --- finding or exposing a person -----------------------------------------------------------
  {
    id: 'doxxing.where',
    code: 'screening.doxxing',
    when: 'not-past',
    harms: NOT_THING,
    pattern: r(
      '\\bwhere (?:exactly |now |currently )?(?:does|do|is|are|will|can i find) (?<who>(?:\\S+ ){1,5}?)(?:live|lives|living|reside|resides|residing|stay|staying|sleep|sleeps|hide|hiding|work|works|park|right now|currently|located|at home|tonight|shop|jog)\\b',
    ),
  },
  {
    id: 'doxxing.home',
    code: 'screening.doxxing',
    when: 'always',
    pattern: r(
      "\\b(?:home|house|street|residential|private|personal|physical|real world|living) address(?:es)? (?:of|for|belonging)\\b|'s (?:\\S+ )?(?:home|house|street|residential|private|physical) address\\b",
    ),
  },
  {
    id: 'doxxing.contact',
    code: 'screening.doxxing',
    when: 'always',
    harms: NOT_THING,
    pattern: r(
      '\\b(?:phone number|cell number|mobile number|social security number|ssn|passport number|passport|license plate|medical records|location|whereabouts|workplace|daily route|travel schedule|nudes|ip address|bank statements|real name|legal name|true identity|real identity|identity) (?:of|for|behind) (?<who>(?:\\S+ ?){1,5})',
    ),
  },
  {
    id: 'doxxing.owned',
    code: 'screening.doxxing',
    when: 'always',
    harms: NOT_THING,
    pattern: r(
      "(?<who>(?:\\S+ ){1,3}?)'s (?:\\S+ )?(?:phone number|cell number|mobile number|social security number|ssn|passport|license plate|medical records|whereabouts|workplace|daily route|schedule at home|nudes|real name|legal name|true identity|real identity|real life identity|kids school|childrens school|personal email|home|hotel room)\\b",
    ),
  },
  {
    id: 'doxxing.expose',
    code: 'screening.doxxing',
    when: 'not-past',
    pattern: r(
      '\\b(?:dox|doxx|doxes|unmask|unmasks|deanonymize|deanonymise|deanonymizes|stalk|swat)\\b(?! (?:itself|themselves|himself|herself|its|their|oneself|team))|\\b(?:will|going to|to) (?:\\S+ ){1,6}?(?:be|get) (?:doxxed|doxed|unmasked|deanonymized|stalked)\\b',
    ),
  },
  {
    id: 'doxxing.family',
    code: 'screening.doxxing',
    when: 'always',
    pattern: r(
      '\\bwhich (?:school|kindergarten|gym|hotel|church|building|street|flight) (?:does|do|is|are|will) (?:\\S+ ){1,6}(?:attend|go|visit|staying|live|use|at|on)\\b|\\bwhen (?:is|are|will) (?:\\S+ ){1,4}(?:be )?(?:home alone|alone at home|away from home)\\b',
    ),
  },
  {
    id: 'doxxing.what-street',
    code: 'screening.doxxing',
    when: 'not-past',
    harms: NOT_THING,
    pattern: r(
      '\\b(?:what|which) (?:street|address|house|building|neighborhood|neighbourhood|city|apartment) (?:does|do|is|are) (?<who>(?:\\S+ ){1,5}?)(?:live|lives|living|stay|staying|in|on|at)\\b',
    ),
  },
  {
    id: 'doxxing.person-behind',
    code: 'screening.doxxing',
    when: 'always',
    pattern: r(
      '\\b(?:person|human|man|woman|individual|name and address|real person|face) (?:behind|who owns|that owns)\\b|\\bname and (?:home )?address\\b|\\b(?:anonymous|pseudonymous) (?:\\S+ ){1,5}in real life\\b|\\bin real life (?:is|who)\\b|\\baddress where (?:\\S+ ){1,4}(?:live|lives|sleep|sleeps|stay|stays|work|works)\\b',
    ),
  },
  // --- stealing -------------------------------------------------------------------------------
  {
    id: 'theft.secret',
    code: 'screening.theft',
    when: 'always',
    pattern: r(
      `\\b${SECRET} (?:of|for|to|belonging to|from)\\b(?! (?:my|our|mine|me|access|sign|log|a new|the new))|'s (?:\\S+ )?${SECRET}\\b|\\b(?:what|whats|guess|find|leak|crack|recover|reveal|get) (?:is |me )?(?:the |a |his |her |their |someone |somebody )?${SECRET}\\b(?! (?:manager|managers|length))`,
    ),
  },
  {
    id: 'theft.which',
    code: 'screening.theft',
    when: 'not-past',
    pattern: r(
      `\\b(?:which|what|whose|any|find|list) (?:\\S+ ){0,3}?(?:wallet|wallets|address|addresses|contract|contracts|account|accounts|bridge|bridges|protocol|protocols|exchange|exchanges|people|user|users|vault|vaults)(?: \\S+){0,3}? (?:can|could|will|is|are|to|that|next|should) (?:\\S+ ){0,3}?(?:be |get )?(?:${STOLEN}|${STEAL_ACT}|exploitable|hackable|drainable|vulnerable)\\b`,
    ),
  },
  {
    id: 'theft.how-to',
    code: 'screening.theft',
    when: 'always',
    pattern: r(
      `\\b(?:how (?:to|do i|can i|can we|do we|would one|could i|could someone)|(?:a |any |easy |best )+way to|help me|best way to|easiest way to|want to|i need to) (?:\\S+ )?(?:${STEAL_ACT}|launder)\\b`,
    ),
  },
  {
    id: 'theft.passive',
    code: 'screening.theft',
    when: 'future',
    pattern: r(
      `\\b(?:will|wont|going to|gonna|shall|could|when|before|until) (?:\\S+ ){1,8}?(?:be|get|gets|have been) (?:\\S+ly )?(?:${STOLEN})\\b`,
    ),
  },
  {
    id: 'theft.succeeds',
    code: 'screening.theft',
    when: 'future',
    pattern: r(
      '\\b(?:hack|exploit|heist|theft|robbery|attack|drain|breach|draining|exploitation|hacking|rug pull) (?:of|on|against|targeting) (?:\\S+ ){1,6}?(?:succeed|succeeds|happen|happens|work|works|occur|take place|be successful|be pulled off|exceed|net|steal|go through|drain)\\b',
    ),
  },
  {
    id: 'theft.someone',
    code: 'screening.theft',
    when: 'not-past',
    pattern: r(
      `\\b(?:will|can|could|would|should|going to|if) (?:someone|somebody|anyone|anybody|hackers?|lazarus|north korea|an attacker|attackers|a hacker|a thief|thieves|we|you|i|an insider|insiders|the whitehats?) (?:\\S+ )?(?:${STEAL_ACT}|make off with|get into|walk away with|run off with)\\b`,
    ),
  },
  {
    id: 'theft.suffers',
    code: 'screening.theft',
    when: 'future',
    pattern: r(
      '\\b(?:suffer|suffers|see|experience|face|lose (?:\\S+ ){1,6}?(?:to|in|through|from)) (?:a |an |another )?(?:\\S+ ){0,2}?(?:hack|exploit|heist|breach|51 attack|flash loan attack|theft|robbery|drain|reentrancy attack)\\b',
    ),
  },
];

/** Every literal word of the rules: what folding may recover from a disguise. */
export const VOCABULARY: ReadonlySet<string> = new Set(
  RULES.flatMap((rule) => rule.pattern.source.replace(/\\[a-zA-Z]/g, ' ').match(/[a-z]{3,}/g) ?? []),
);
