/**
 * The vocabulary of harm by meaning, not by sentence: what ends, hurts, takes or exposes a person, what destroys a
 * place, what steals. Frames (`screening-frames.ts`) say which of these must not meet whom. Stems and idioms come
 * from dictionaries of euphemism, not from the phrases that measure them.
 */
import { wordClass } from './word-class.ts';

const OWN = '(his|her|their|my|your|its|the|a|an|our)';
const BODY =
  '(legs?|arms?|neck|nose|ribs?|skull|jaw|teeth|tooth|fingers?|thumbs?|hands?|wrists?|ankles?|knees?|kneecaps?|eyes?|ears?|spine|throat|limbs?|toes?|tongue|scalp|brains)';
const ORGAN = '(heart|ticker|pulse|liver|kidneys?|lungs?|brain|arteries|body)';

const NOT_A_THING =
  '(?<!\\b(?:bill|deal|act|plan|case|lawsuit|proposal|app|company|token|coin|party|campaign|project|show|policy|tariffs|law|tax|merger|treaty|ceasefire|idea|brand|feature) )';

/** A person's life ends. Idioms that mean nothing else. */
export const END = wordClass(
  `${NOT_A_THING}(die|dies)(?! out| (in|on) (committee|court|the (house|senate|floor)|parliament)), dying, perish*, deceas*, croaks?, succumb*, decapitat*, behead*, flatlin*, unalive*, asphyxiat*, suffocat*, drown*, electrocut*, cremat*, embalm*, entomb*, corpse`,
  `(pass|passes|passed|passing) (away|on to), drops? dead, dead, deathbed, death (come|comes) for, death bed, lifeless`,
  `push* … daisies, (kick|kicks|kicked) (the|a) bucket, (bite|bites|biting|bit) the dust, (buy|buys|bought|buying) the farm, six feet (under|down), (under|below|beneath) (the|ground|grass|earth|soil) ?(ground|grass|earth|soil|sod)?, dirt nap, worm food, food for worms, feet first`,
  `(eternal|permanent|long|last|big|endless|forever) (sleep|rest|nap|slumber|goodbye|silence), put to sleep, (sleep|sleeps|sleeping|swim|swims|swimming) with the fish*, (give|gives|gave|giving) up the ghost, (shuffle|shuffles|kick|kicks|leave|leaves) off ?(this|the|his|her)? mortal coil, mortal coil`,
  `(meet|meets|met|see|sees|summoned to|called to|called by|return to|returns to) (his|her|their|the) (maker|creator), (meet|meets|met) (his|her|their) (end|doom|fate), (join|joins) (his|her|the) (ancestors|choir invisible), (meet|meets|find|finds|reach|reaches|come|comes to) (an|a|his|her|their) ?(\\S+ )?(untimely|early|violent|sticky|bad|tragic|sudden|premature|bloody|grisly|final) end, untimely (end|exit|departure), (untimely|early|premature) (grave|demise|death), (his|her|s) demise`,
  `(crosses|cross|crossed) (over|the (rainbow|river|styx|great divide)|to the other side), (go|goes|gone|went|depart|departs|departed|sent|off) to (a better place|a better world|the next world|the other side|the great beyond), pearly gates, afterlife, beyond the veil`,
  `(gone|away|quiet|silent|finished|silenced|shut up|stopped|removed|disappear|disappears|problem|put away|put down|dealt with) (for good|forever|permanently|for ever|once and for all), (permanently|forever) (silence*|remove*|retire*|eliminate*|stop*|quiet|gone|asleep|deleted)`,
  `(no longer|not|never|not be|no more|cease|ceases|ceased|stop|stops|stopped|quit|quits|finish|finishes|done) (to )?(be )?(with us|among us|among the living|alive|living|breathe|breathing|around|exist|existing|walking this earth|walking the earth|wake up|waking up|drawing breath|draw breath|in the land of the living|of this world|live|beating|moving)`,
  `(leave|leaves|left|depart|departs|departed|exit|exits) (this|our) (world|earth|planet|life), (off|from) (the face of the|this) (earth|planet), land of the living, among the living`,
  `(draw|draws|take|takes|breathe|breathes|drew|took|have|has) … (last|final|dying) (breath|gasp|bow in life), last (breath|gasp|heartbeat|rites|meal), (final|last|dying) breath, (last|final) (day|days|hours?|night) (on earth|alive|of life|among us)`,
  `${ORGAN} (will )?(stop|stops|stopped|fail|fails|failed|give|gives|gave|quit|quits|cease|ceases)( out| beating| pumping)?, (lose|loses|lost|losing|without) ${OWN} (pulse|life|heartbeat|last heartbeat), cardiac arrest, (stop|stops) beating`,
  `(see|sees|seen|celebrate|celebrates|reach|reaches|have|has|had|mark|marks|live to|enjoy|enjoys|make it to|makes it to|blow out|witness) (\\S+ )?(\\S+ )?(last|final|another|next|\\d+th|\\d+st|\\d+nd|\\d+rd) (birthday|christmas|summer|winter|spring|sunrise|sunset|thanksgiving|easter|new year|candles), next birthday, (birthday|christmas|summer|sunrise|thanksgiving) (be|is|was) (his|her|their) last, (blow|blows|blowing) out … candles, last (birthday|christmas|thanksgiving|sunrise|sunset|summer)`,
  `(still|remain|remains|be|stay|stays|is|found|be found|seen|be seen) (still )?(alive|breathing|drawing breath|among the living|living and breathing|with us), alive (on|by|at|in|until|to see|when|after|and), (live|lives) (past|through|to see|long enough|beyond|to be|to \\d+), (make|makes|made) it (out |to \\S+ )?alive, (outlive|outlives|outlived), (reign and|walk and|eat and) breathe, how long … (left|to live), days are numbered, (year|years|months|weeks|days|time) (left )?to live, numbered days`,
  `(wake|wakes|waking) up dead, (not|never|fail to|fails to|does not|doesnt) (wake|wakes|waking) ?(up)?, (be|is|turn|turns|turned) (into )?(past tense|ash|ashes|dust|a ghost|a corpse|no more), goner, late lamented, dearly departed, (rest|rests|resting) in peace, rest in pieces`,
  `(cut|cuts|cutting|taken|take|takes|snuff|snuffs|snuffed) … (short his|short her|life short|too soon|from us|out of this world|candle|lights out), lights out for, (take|takes|took|taken|taking|end|ends|ended|lose|loses|lost|losing|give|gives|pay with|pays with|cost|costs) (him |her |them )?(his|her|their|your|my|its) (own )?(life|lives), (relieved|deprived|robbed) of (his|her|their) (life|breath|pulse|head), out of (his|her|their) misery, fight* for (his|her|their) (life|lives), (and|or|then) executed`,
);

/** Things that are there when somebody has died or is about to. */
export const DEATH_SIGNS = wordClass(
  `(death|deaths)(?! (cross|spiral|star|valley|metal|penalty|toll|stranding|note|row)), funeral*, obituar*, obit, coffin*, casket*, hearse, morgue, mortuary, graves?, graveside, graveyard, gravestone, tombstone*, headstone, burial, buried, epitaph*, eulog*, elegy, wake for, autops*, post mortem of (his|her|him), coroner*, medical examiner, undertaker*, mortician, pallbearer*, body bag*, bodybag*, toe tag*, cadaver*, human remains, remains (of|found|identified), ashes (of|scattered), urn, death certificate, death notice, date of death, time of death, condolence*, memorial service, lying in state, lie* in state, state funeral, in memoriam, posthumous*`,
  `half mast, half staff, widow, widows, widowed, widower, orphan*, (inherit|inherits) … (fortune|estate|shares|money|house|company|throne|crown|billions|millions), heirs (of|to), last will, testament, s will (be|is) (read|probated), reading of the will, probate, life insurance, (mourn|mourns|mourning|mourned), griev*, wear* black, succession … death, assassin(?! 's creed), assassins, assassinat*, murder*, homicide, manslaughter, (killer|killers), (killing|execution) of, hospice, life support, palliative care, something terminal, terminally, terminal (ill*|cancer|condition|diagnosis|disease), incurable, fatal*, deadly, lethal(?! (aid|weapon*)), past tense, (is to was|from is to was), was instead of is`,
);

/** A part of a person's body is hurt. */
export const BODY_HARM = wordClass(
  `(break|breaks|broke|broken|breaking|fracture*|shatter*|smash*|crush*|crack|cracks|cracked|dislocate*|twist|twists|snap|snaps|snapped|cut|cuts|slash*|slit|slits|stab*|slice*|sever*|chop*|amputat*|rip|rips|ripped|gouge*|punch*|kick|kicks|hit|hits|bust|busts|busted|lose|loses|lost|losing|missing|miss) (\\S+ ){0,4}?${BODY}`,
  `${BODY} (\\S+ ){0,2}?(broken|fractured|shattered|smashed|crushed|cut|slit|slashed|done|severed|chopped|removed off|amputated|removed|missing|blown off|kicked in|bashed|knocked out|busted|ripped off|snapped)`,
);

/** A person's body or health is hurt. */
export const INJURY = wordClass(
  `acid, disfigur*, mutilat*, maim*, crippl*, paraly*, blinded, (go|goes) blind, concuss*, (black|bloody) (eye|nose), curb stomp*, curbstomp*, kneecap*, pistol whip*, bludgeon*, maul*, mangle*, (tear|tears|tore|torn|rip|rips|ripped) (\\S+ ){1,4}?(apart|limb from limb|to (pieces|shreds)), tar and feather*, lynch*, tortur*, flog*, whipp*, waterboard*, castrat*, rape*, raping, sexual assault*, molest*, grope*, tased, bitten`,
  `beat up, beaten (up|with|senseless|unconscious|half), (beats|beating) up, roughed up, rough up, jumped by, get jumped, gets jumped, mugged, mugging, shank*, shiv*, knif*, stab*, gunshot*, (be|get|gets|is|are|been) shot, shot (by|dead|in the), bullet*, (bleed|bleeds|bleeding|bled), blood, bloodied, bloody, bruise*, scar, scarred, scars, burn* (\\S+ )?(alive|inside|face|skin), set on fire, set alight, run over, hit by a (car|truck|bus|train), (under|before|in front of) (a|the) (bus|train|truck|tram), brick to, thrown (off|from|out|under), push* … (down (the|some) (stairs|steps)|off (a|the)|under (a|the)|out of (a|the) (window|plane|car|train)|in front of)`,
  `never walk*, (walk|walks|walking) again, wheelchair, crutches, stitches, plaster cast, intensive care, icu, emergency room, ambulance, (in|to|into|at|from) (a |the )?hospital, hospitali*, coma, comatose, unconscious, vegetative, stretcher, (a|the|fatal|massive|mini) stroke, heart attack*, aneurysm, seizure*, cancer, tumou?r*, leuk(a)?emia, hiv, dementia, alzheimer*, parkinson*, sepsis, covid, overdos*, diagnos*, (fall|falls|fell) (gravely |seriously |very )?ill, gravely ill, incapacitat*, bedridden, nervous breakdown, miscarr*, injur*, wound*, assaulted, (an|the|by|sexual) assault(?! (rifle|weapon)*)`,
  `(lace|laces|laced|spike|spikes|spiked|poison*|slip something|something slipped|pour|pours|put|puts|slip|slips) (\\S+ ){0,6}?(drinks?|food|meal|tea|coffee|water|glass|soup|dinner|lunch|cocktail), (drink|food|tea|coffee|meal) (\\S+ ){0,2}?(laced|spiked|poisoned), poison*, novichok, polonium, cyanide, arsenic, fentanyl, strychnine, allergic reaction, anaphyla*`,
);

/** Accidents that happen to a person, also those that are arranged. */
export const ACCIDENT = wordClass(
  `(freak|tragic|fatal|sudden|unfortunate|terrible|little|nasty|hunting|boating|skiing|climbing|car|traffic|road|plane|train|helicopter|kitchen|bathtub|swimming|diving|work|convenient|suspicious|mysterious|horrible|serious) (\\S+ )?(accident|mishap|incident|crash|fall|collision)(?! (free|test|rate|report|settlement)), (accident|mishap) (while|whilst|when|at|on|in|involving|befall*|happen*), (have|has|suffer|suffers|meet with|meets with|be in|in) (an|a) (\\S+ )?(accident|mishap|crash|collision)(?! (free|test|rate|report|settlement)), (after|in) (an|the) incident`,
  `(plane|jet|aircraft|helicopter|chopper|limo|limousine|motorcade|convoy|yacht|boat|ship|submarine|submersible|balloon|elevator|lift) (\\S+ ){0,6}?(crash*|(go|goes|going|went) down|sink*|sank|capsiz*|explod*|plummet*|blown|blow up|ambush*|attack*|be hit|snap*|collid*|catch* fire), (car|bus|train|motorcycle|motorbike|bike|bicycle) (\\S+ ){0,4}?(crash*|brake*|explod*|blown up|ambush*|overturn*|catch* fire), (sabotag*|tamper*) (\\S+ ){0,4}?(plane|jet|aircraft|helicopter|car|motorcade|convoy|yacht|boat)`,
  `brakes? (\\S+ ){0,3}?(fail*|cut|lines?|give|gives|tampered|stop*), brake lines?, fail to brake, parachute, cable snap*, (fall|falls|fell|fallen|falling|tumble*|plunge*|slip|slips|slipped|jump*|leap*|thrown|pushed|drop*) (\\S+ )?(out of|off|from|down|through|under|into|in) (a|the|his|her|some) (\\S+ ){0,2}?(window*|balcon*|roof*|stair*|bridge|cliff|building|boat|ship|yacht|train|ladder|tower|horse|shower|bath*|river|sea|lake|canal|pool), overboard, bottom of (a|the) (lake|river|sea|ocean|canal|well|stairs), (struck|hit) by (lightning|(a|the) (\\S+ )?(car|truck|bus|train|boat|van|stray|meteor*)), gas leak, carbon monoxide, food poisoning, choke* on`,
);

/** Somebody is made to go away, without saying how. */
export const REMOVAL = wordClass(
  `be rid of, rid us of, (get|gets|getting) rid of (him|her|them|my|our|his), bumped off, (rub|rubs|rubbed|snuff|snuffs|snuffed) (\\S+ ){0,3}out, be (taken|wiped) out, whacked, (ice|iced) (him|her), offed, be silenced, silenced (permanently|forever|for good), (shut|shuts) (\\S+ ){0,3}up for, shut up (for good|forever|permanently), (keep|keeps|kept) (quiet|silent) forever, neutrali*, liquidate (him|her)`,
  `(dealt|deal|deals|take care|taken care|takes care|took care|sorted|handled|seen to|handle|removed|remove|stop|stopped) (with|of|out)? ?(once and for all|permanently|for good|forever|before (he|she|they|the (trial|hearing|testimony)|testif*)), (taken care|dealt) (of|with) (before|by|soon|this), be (dealt with|taken care of|seen to|erased|deleted|neutrali*|disposed of|put down|finished off|cancelled for good|wasted|smoked|clipped|capped|zapped|dusted|exterminated|eliminated|terminated with), violently removed, (remove*|erase*|delete*) (\\S+ ){0,4}?(from (this|the) (planet|earth|world|equation|picture|living|land)|violently), stop(s|ped)? being (a|the|my|our) (problem|nuisance|threat)`,
  `(get|gets|got|have|has) (what (is|s|he|she|they)? ?(coming|deserve*|due)|his|her|their)? ?(what is coming|whats coming|what he deserves|what she deserves|just deserts|comeuppance in blood), what (is|s) coming to (him|her|them), (same|similar) (treatment|fate|end|ending|way out) as, (share|shares|meet|meets|suffer|suffers) (the|a) (same )?(fate|end|destiny) of, the (luigi|mangione|jfk|kennedy|lincoln|caesar|rasputin|trotsky|epstein|litvinenko|navalny|khashoggi|mussolini|ceausescu|lennon|gaddafi|hoffa) (treatment|special|fate|way|ending|method), (get|gets|got|reach|reaches|catch*|come|comes) (to|up with|for) (him|her|them) (before|by|in|this|first), (enemies|somebody|someone|they) (\\S+ ){0,2}?(get|gets|got) to (him|her|them)`,
  `pay* (\\S+ )?(in|with) (blood|his life|her life), with blood, blood on, settle* the score, contract (out )?on, (hit|bounty|price) (out )?on (him|her|his|her|the head), (put|puts|place|places|placed) (a|the) (hit|bounty|price|contract) on, hit ?man, hit ?men, hit ?squad, death squad, contract kill*, gun for hire, (gone|is gone) (as in|meaning)`,
);

/** Somebody's liberty is taken. */
export const TAKING = wordClass(
  `kidnap*, abduct*, (take|takes|taken|taking|held|hold|be|become|becomes) hostage, hostage taking, ransom, ransomed, (be|get|gets|is|been) snatched, snatched (from|off|by|outside|before), captive, captivity, taken (from|away by|prisoner|captive|against), (lure*) (\\S+ ){0,3}?(away|into|to), be trafficked, enslaved, (bundled|forced|dragged|drag|drags|thrown) (\\S+ ){0,4}?(into|from|out of|through) (a|the|his|her) (van|car|trunk|boot|street|streets|house|home|bed), be disappeared, (disappear*|vanish*) (without|from the face|into thin|forever|for good|overnight|off), vanish*, (go|goes|gone|went) missing, never (be )?(found|seen|heard)( again| of| from)?, locked (up )?in (a|the) (basement|cellar|trunk), chain(ed)? (up )?in`,
);

/** Somebody is threatened, hunted or raided. */
export const THREAT = wordClass(
  `swat, swats, swatted, swatting, swat team, (prank|fake|hoax) call*, (kick|kicks|kicked|break|breaks|broke|bust|busts|busted|smash*) (\\S+ ){0,2}?(door|doors|windows?) ?(down|in)?, home invasion*, invade* (his|her|their) home, wrench attack*, break ?in at, burgl*, (death|bomb|credible|violent) threat*, threat* (to|against|on) (his|her|their|the) (life|lives|family|safety), (receive|receives|get|gets) (\\S+ )?threats, stalk, stalks, stalked, stalking, stalker, be harassed, terrori[sz]ed, be intimidated, (scare|scared|scares|frighten*) (\\S+ ){0,2}?into, blackmail*, extort*, sextort*, gunpoint, knifepoint, (attempt|attempts) (\\S+ ){0,3}on (the|his|her|their) (life|lives), doused, (egg|eggs|egged|paintbombed|spat on), (angry|lynch|armed) mob, mob (\\S+ ){0,2}?(drag|drags|tear|tears|attack|attacks|storm|storms|beat|beats|burn|burns|catch|catches), pogrom`,
);

/** What kills. */
export const WEAPON = wordClass(
  `gunman, gunmen, shooter, sniper*, marksman, marksmen, assassin(?! 's creed), assassins, assassinat*, hitman, hitmen, bullet*, gunfire, (open|opens|opened|opening) fire, drone strike*, air ?strike*, car bomb*, bomb(?! (shelter|cyclone|squad|rush)), bombs, bombed, bombing, (a|the|school|mass) shooting, letter bomb*, explosive*, grenade*, machete*, noose, guillotin*, firing squad, gallows, lynch mob, ambush*, crosshairs, (gun|knife) attack, knife, pistol, rifle, silencer, felled by, (attacked|hit|beaten|jumped|cornered) (\\S+ )?by (fellow|other|his|her|an?|the|inmates|thugs|men|gang|fans|mob|protest*)`,
);

/** Fire and ruin. */
export const FIRE = wordClass(
  `(burn*|burnt) (\\S+ ){0,3}?(down|to the ground|out|to ashes|with|inside), (be|get|gets|got|is|been) (burned|burnt|torched|firebombed|set on fire|set alight|ablaze|bombed|vandali[sz]ed|ransacked|looted|blown up|shot up|shot at|raided|egged|smashed up|attacked|destroyed|demolished by|petrol bombed|spray painted), torch, torches, torched, torching, arson*, firebomb*, molotov*, petrol bomb*, set (\\S+ ){0,4}?(on fire|alight|ablaze), set fire to, (go|goes|gone|went|going|up) up? ?in (flames|smoke), (in flames|ablaze), gas canister*, burn* down, catch* fire, wrecking ball`,
);

/** Explosions and shootings. */
export const BLAST = wordClass(
  `bomb(?! (shelter|cyclone|squad|rush)), bombs, bombed, bombing*, explod*, explosion*, explosive*, detonat*, blast, blasts, blow* up, blown (up|again|to), (go|goes|went|going) (off|boom|bang), kaboom, ticking, (improvised|explosive|suspicious|incendiary) (device|package|object|bag), ied, suicide vest, backpack*, (shoot*|shot|shots) (\\S+ )?(up|fired|at), (open|opens|opened|opening) fire, gunfire, gunman, gunmen, shooter, shooting*, grenade*, drone strike, hijack*, massacre*, bloodshed, bloodbath, carnage, (body|death) count, casualt*, (lose|loses|lost) their lives, fatalit*, victims, mowed down, mow* down, stabbing*, (knife|machete|acid|axe|gas|gun|arson|terror*) (attack|rampage|spree)*, rampage*, manifesto, lone wolf, stampede*, (something|anything) (big|bad|loud|terrible)`,
);

/** Harm done on purpose to what many depend on. */
export const SABOTAGE = wordClass(
  `sabot*, saboteur*, on purpose, deliberat*, intentional*, malicious*, vandal*, (cut|cuts|cutting|sever*|slash*|snip*|blow*|blown) (\\S+ ){0,5}?(cable*|line*|wire*|pipeline*|again|up), (shot|shoot*) (up|at), contaminat*, poison*, toxi*, taint*, derail*, breach* (by|on)|ransomware, locked by, crippled by, knocked (out|offline), taken (out|offline|down) by, (hackers|hacker|attackers|terrorists|saboteurs|militants|extremists), attack*, hijack*, firebomb*, (somebody|someone) (\\S+ ){0,3}?(cut*|disable*|destroy*|block*|dump*), demolish* by, cyber ?attack*, wiper`,
);

/** Where people gather, pray, learn or live together. */
export const GATHERING = wordClass(
  `schools?, high school, college, campus, university, universities, kindergarten, daycare, church*, mosque*, synagogue*, temple, cathedral, chapel, airport*, stadium*, arena, concert*, parade*, rally, rallies, gathering*, demonstration, vigil, pride, mall, malls, supermarket, embass*, consulate, clinic*, hospital*, maternity, subway, metro, trains?, tram, railway, station, terminal, (bus|ferry|cruise) ?(station|terminal|ship)?, courthouse, courtroom, court ?house, parliament, capitol, town hall, city hall, (christmas|farmers|night|street|crowded|food|fish) market, crowd*, bazaar, super bowl, world cup, finish line, marathon, festival*, carnival, nightclub*, club, bar, theat(er|re), cinema, museum, hotel*, casino, restaurant, shelter*, asylum, refugee*, mansion, dealership*, showroom, headquarters, office, offices, skyscraper, tower, precinct, police station, barracks, recruitment, monument, (aircraft|airliner|airplane|plane|planes|flight), venue, public place, playground, prison`,
);

/** What a city cannot do without. */
export const INFRASTRUCTURE = wordClass(
  `(power|electric*|energy) (grid|line|lines|plant|plants|station|supply|substation*), grid, substation*, lights (go|going|went|out), blackout, pipeline*, refiner*, gas line, dam, dams, levee, reservoir*, (water|tap) (supply|water|plant|works|system|tower|main|mains), drinking water, sewage, (undersea|internet|fib(er|re)|data|submarine|communication) (\\S+ )?cable*, cables, cell towers?, railway*, rail (line|network|tracks), tracks, trains?, tunnel*, motorway, bridge (in|over|across), port of, airport*, air traffic, traffic lights, hospital*, ambulance*, emergency (line|number|services|call*), 911, nuclear (plant|power|reactor), reactor, chemical plant, voting machines, ballot boxes, election systems, food supply, power supply`,
);

/** Things that are sent or spread to kill many. */
export const SUBSTANCE = wordClass(
  `ricin, anthrax, sarin, novichok, polonium, nerve (gas|agent), mustard gas, dirty bomb, bioweapon*, smallpox, botulin*, chlorine gas, cyanide, pipe bomb*, nail bomb*, car bomb*, letter bomb*, mail bomb*, improvised (explosive )?device*, ied, ieds, suicide (vest|belt), pressure cooker bomb, molotov*, (white )?powder (\\S+ ){0,5}?(mail*|post|envelope*|letter*|arriv*|embassy), (envelope*|letter*|package*|parcel*) (\\S+ ){0,6}?(powder|explod*|boom|go off|goes off|white|ticking)`,
);

/** Self-harm, mostly in words of those who think of it. */
export const SELF_HARM = wordClass(
  `suicid*, (kill|kills|hang|hangs|shoot|shoots|hurt|cut|harm|drown|starve|starves|burn|unalive|off|poison|throw) (myself|yourself|himself|herself|themselves|themself|oneself|her self|him self), self harm*, (own|by my|by his|by her|by their) (own )?hand, (end|ends|ending|ended) it( all| tonight| today| now| on| by)?, (end|ends|take|takes) (my|his|her|their|your) (own )?life, easy way out, slit* (my|his|her|their)? ?wrist*, wrists, (whole )?bottle of pills, (swallow*|take|takes|eat) (\\S+ ){0,5}?pills, how many pills, pills (would|to), (jump|jumps|leap*) (off|from|in front of) (a|the) (bridge|roof|building|cliff|train|balcony|tower|overpass), found hanging, noose, goodbye note, farewell letter, starv* (herself|himself|myself)|overdos*`,
);

/** What somebody says of themselves who thinks of it; of anybody else these words may mean less. */
export const SELF_HARM_TALK = wordClass(
  `(not|never|dont|didnt) (want to )?(wake|waking) up, at peace, still be here, be here anymore, want to die, live anymore, (least painful|painless*|quickest|fastest|easiest) way (to|out) ?(go|die|end|out|leave)?, go* through with it, (and|i) hang, hang (by|on|before|tonight|from)`,
);

/** Medicine speaks of death and disease of nobody in particular. */
export const MEDICINE = wordClass(
  `drugs?, vaccine*, therap*, treatment*, pill, medicine*, medication*, implant*, blood test, screening, cure, transplant*, guideline*, fda, ema, nhs, medicare, phase \\d, patients?, clinical, pfizer, novartis, roche, moderna, lilly`,
);

/** Statistics and institutions, likewise. */
export const STATISTICS = wordClass(
  `rates?, toll, statistic*, deaths (from|in|by|per|fall|rise|drop|decline), (road|traffic|cancer|overdose|covid|malaria|drug|flu) deaths, hotline, helpline, prevention, awareness, industry, pension*, inheritance tax, insurance market`,
);

/** Courts, laws and archives: what was done is judged or told, and nobody is paid to do it. */
export const LAW = wordClass(
  `law, laws, bill, regulation*, reform, legislation, legal*, trial, trials, convict*, sentenc*, charged, indict*, acquit*, verdict, pardon*, parole*, appeal*, upheld, extradit*, prosecut*, (from|to) (prison|jail), arrest*, suspects?, identified by police, declassif*, files, cases?, lawsuit, sued, in court, documentary, report, penalty, (gun|weapons?) control`,
);

/** Competition, where words of war are play. */
export const SPORT = wordClass(
  `game, games, match, season, playoff*, cup, league, grand prix, race, races, finals?, semi ?final*, champion*, tournament, goals?, scor*, coach, team, striker, wimbledon, us open, french open, roland garros, olympi*, nba, nfl, mlb, nhl, ufc, wba, wbc, ipl, premier league, serie a, bundesliga, la liga, title, knockout, qualifying, pole, podium, penalt*, overtime, medal*, squad, transfer, derby, innings, touchdown*, home runs?, return from, comeback, record, fight, bout, ring, rounds?, odds, super bowl, series, lineup, starting, sprint, ride, tour, quarterback, pitcher, draft, roster, trade`,
);

/** Stories and works that carry such words in their names. */
export const WORK = wordClass(
  `film, films, filmed, movie*, show, shows, season \\d+, seasons?, episode*, finale, sequel*, prequel*, spin off, spinoff, reboot*, remake*, remade, re ?released?, released?, release, premier*, trailer, box office, gross*, netflix, hbo, disney, marvel, dc, cinema*, soundtrack, album*, single, song, tour, tours, headline, concert tour, band, game, games, dlc, steam, playstation, xbox, nintendo, copies, novel, book, series, character, villain, renewed, cancelled, announced, oscars?, emmy*, grammy*, hugo, broadway, musical, comic, anime, manga, cast, director, role, play, played, starring, museum, exhibition`,
);

/** Money games with a language of their own. */
export const TRADE = wordClass(
  `price, (bull|bear|stock|crypto|nft|bond|housing) market, markets, token, tokens, coin, coins, stock, stocks, shares, share price, volume, bots?, liquidat*, liquidity, supply, staking, validator*, slashed, fee, fees, tax, etf, index, revenue, tvl, depeg*, trading, chart, cross, bounce, rally, yield, apr, bull, bear, burn rate, burned? (tokens|supply|eth|bnb|\\d+)`,
);

/** The secrets that open wallets and accounts. */
export const SECRET = wordClass(
  `(seed|recovery|secret|backup|mnemonic|magic|twelve|twenty four|12|24) (\\S+ )?(phrase*|words?|sheet|seeds?|card), mnemonic*, (private|admin|signing|signer|master|deployer|owner|multisig|api|ssh|validator|root|wallet|encryption|session) keys?, passwords?, passphrase*, passcode*, pin (code|of)?, 2fa, two factor, otp, keystore*, credentials, login (details|data), backup codes?`,
);

/** How secrets are lost. */
export const SECRET_LOST = wordClass(
  `guess*, crack*, leak*, compromis*, wrong hands, (hands|hold) of, get hold, reset*, bypass*, (fall|falls|fell|get|gets) (into|in) , stolen, steal*, brute ?forc*, recover* by, reveal*, dump*, exposed?, publish*, post(ed)?, phish*, extract*, weak, reused, get past, find out, tell me, what (is|are), whats, read from, keylog*, say, says, (sold|sell|sale|buy)`,
);

/** Who or what holds what others want. */
export const HOLDER = wordClass(
  `wallets?, hot wallet, cold wallet, treasury, treasuries, multisig, vaults?, bridges?, protocol*, exchange*, reserves?, deposits?, pools?, smart contract*, contract of, custody, custodian, funds, customers?, users?, accounts?, banks?, atm, armou?red (car|van|truck), museum, jewel*, jewellery, gold, safe, store, shop, warehouse, dao, defi, cex, dex, lending, stablecoin, oracle, sim, iphone, phone, ledger, trezor, firmware, hardware wallet, metamask, matching engine, mainnet, rollup, validator*, relayer, keys, louvre, fort knox, database, venue, hosts?, servers?, ${'binance, coinbase, kraken, bybit, okx, bitfinex, gemini, upbit, bithumb, kucoin, htx, mexc, gate, lido, aave, compound, uniswap, curve, maker, sky, morpho, euler, pendle, ethena, gmx, dydx, hyperliquid, ronin, wormhole, stargate, layerzero, axelar, arbitrum, optimism, polygon, base, solana, ethereum, avalanche, sui, aptos, ton, tron, sushiswap, pancakeswap, balancer, yearn, convex, frax, synthetix, jupiter, raydium, kamino, eigenlayer, rocket pool, gnosis, across, celer, nomad, harmony, orbit, mt gox, bitstamp, robinhood, paypal, revolut, wbtc, usdc, usdt, tether, circle, opensea, blur, phantom'}`,
);

/** Loss by theft, with or without saying so. */
export const LOSS = wordClass(
  `(walk*|walked|make|makes|made|run|runs|ran|get|gets|got) (off|away|out) with, (emptied|robbed|cleaned out|bled|drained), (relieved|stripped|separated|parted) (of|from) (its|their|his|her|all|the) (\\S+ )?(funds|eth|btc|reserves?|money|deposits|assets|usdc|usdt|coins|liquidity|treasury), (clean*|empt*|siphon*|loot*|plunder*|raid*|drain*|milk*|bleed*|bled|suck*) (\\S+ ){0,6}?(dry|out|treasury|treasuries|vaults?|bridge*|pools?|wallets?|funds|reserves|deposits), lighter (after|by|because), uninvited guest*, light* finger*, sticky finger*, pwn*, rekt by, (lose|loses|lost) (\\S+ ){0,6}?(to|in|through|via) (a|an|the|some)? ?(\\S+ )?(hack*|exploit*|attack*|thie*|theft|robber*|manipulation|bug|flash loan|phish*|heist|breach*|scam*|insider*|intruder*)`,
  `hack, hacks, hacked, hacker, hackers, hacking, drain, drains, drained, drainer, exploit*, rob, robs, robbed, robber*, (data|security) breach*, be breached, breached by, be phished, heist*, theft*, thief, thieves, burglar*, steal*, stolen, crooks?, (be|get|gets) held up, stick ?up, hold up (a|the), rug ?pull*, sim ?swap*, reentrancy, flash loan (attack*|trick*|exploit*), oracle manipulation, price manipulation, unauthori[sz]ed (mint*|transfer*|access|withdraw*|use), without (permission|authori[sz]ation|consent), infinite mint, zero days?, 0 ?day, zeroday, (exploit|vulnerabilit*|bug|backdoor) (\\S+ ){0,5}?(for sale|sold|to sell|to use|available), (sim|number) (\\S+ ){0,3}?(ported|swapped|hijack*), (port|ports|ported|swap|swaps|swapped|hijack*) (\\S+ ){0,4}?(sim|number), (trick*|fool*|coax*|con|conned) (\\S+ ){0,4}?(into|out of), (crack*|prise*|pry) (\\S+ ){0,5}?(open|into|vault*), break* into (\\S+ ){0,3}?(vault|bank|wallet*|account*|house|home|safe|museum|store|shop|system*|servers?|database), (get|gets|gain|gains) (unauthori[sz]ed )?(root|admin|access)( to| on)?, (get|gets) (into|past) (the|a|his|her|somebody|someone) (\\S+ ){0,3}?(lock|pin|passcode|password|login|2fa|security|vault|wallet|account|system|safe), (take|takes|gain|gains|seize|seizes) control (of|over) (\\S+ ){0,4}?(multisig|treasury|wallet|keys?|bridge|contract|account|protocol|domain), (tak*|remov*|mov*|transfer*|leav*|leave|taken) (\\S+ ){0,6}?(by (hackers|thieves|criminals|attackers|lazarus)|without), (dprk|lazarus|black ?hats?|hackers|north korea*|operatives|attackers|cyber ?criminals) (\\S+ ){0,6}?(get|take|net|walk|make|steal|hit|strike|drain|score|grab)*`,
  `(be|get|gets|is) bribed, takes? bribes?, bribable, bribe (an?|the|someone|somebody), (insider*|employee*|staff*|agent*|contractor*|rogue) (\\S+ ){0,6}?(sell*|leak*|dump*|brib*|hand over|hands over|steal*|expos*), (customer*|user*|kyc|client*|member*) (\\S+ )?(data*|list*|database*|records|details|files) (\\S+ ){0,4}?(leak*|dump*|sold|sell*|stolen|exposed|publish*|surface*|hand*), (sell*|leak*|dump*|hand over|steal*) (\\S+ ){0,4}?(customer*|user*|kyc|client*) (data*|list*|database*|records|details), (data|database) (breach|leak|dump), bypass*, get past, weak (keys?|signing|randomness|signing keys)`,
);

/** Thefts that are over, and what guards against them. */
export const ABOUT_THEFT = wordClass(
  `return*, recover*, repa(y|id)*, reimburs*, made whole, compensat*, traced, frozen, convict*, sentenc*, arrest*, extradit*, indict*, charged, trial, case, lawsuit, pardon*, prison, appeal*, suspect*, bounty program, bug bounty, bounties, bug bounty, audit, audited, patch*, fix, fixed, disclos*, insurance, post mortem, postmortem, report, documentary, film, movie, book, article, article about, essay, law, bill, act, regulation`,
);

/** Secrets as products and standards. */
export const ABOUT_SECRETS = wordClass(
  `quantum, replac*, standard, product*, manager*, passkeys?, support, service*, launch*, release*, adoption, ship, ships, deprecat*, login option, bip, return*, audit*, patch*, fix*, film, movie, book, law`,
);

/** What only the person and its keepers should know. */
export const PRIVATE = wordClass(
  `ssn, social security (number)?, passport*, (drivers?|driving) licen[cs]e*, (license|licence|number|registration) plates?, maiden name, (date|place) of birth, birth ?date, birth ?certificate, bank (details|account|statements?|records), account numbers?, credit (card|score|report)*, (gps|exact) (coordinates|location)?, coordinates, whereabouts, (phone|cell|mobile|telephone) (number*)?, home address*, private address*, personal (e ?mail|address|number|phone|cell), (medical|health|hospital|psychiatric|patient|therapy|dental) (records?|files?|history|data), diagnos*, tax (returns?|records), browsing history, search history, (chat|call) (logs?|history), private (photos?|pictures?|messages?|chats?|dms?|videos?), nudes?, naked (photos?|pictures?), nude (photos?|pictures?|videos?), sex tape*, intimate (photos?|pictures?|videos?), diary, diaries, dms, passport scan, id card, fingerprints?, dna, (photos?|pictures?|videos?|footage) of (the|his|her|their|a) (\\S+ )?(children|kids|child|daughter|son|baby|house|home|family), (daily|usual|jogging|running|morning) (route|routine|schedule|walk|run), itinerary, travel plans, (real|legal|full|true|birth|government) (name|identity|names), surname, identity`,
);

/** How private things come out. */
export const OUT = wordClass(
  `leak*, dump*, surface*, (come|comes|came) out, (be|get|gets|is) (publish*|posted|released|exposed|revealed|shared|traded|sold|made public|doxx?ed|unmasked|online), publish*, posts?, expos*, reveal*, doxx?, doxx?es, unmask*, hack*, stolen, steal*, out in the open, online`,
);
