/**
 * What may be asked of a person: acts and states that are public. Euphemisms for harm cannot all be listed, so a
 * forecast about somebody is opened only where it speaks of one of these; what this list does not know is refused and
 * may be said in other words.
 */
import { wordClass } from './word-class.ts';

export const PUBLIC_ACT = wordClass(
  // office and politics
  `win, wins, winning, winner, loses? (his|her|their|the|to|in|by), elect*, re ?elect*, nominat*, runs? (for|again|in|against|as), candida*, campaign*, ballot, endors*, debat*, resign*, retire, retires, retirement, steps? down, leaves?, quits?, impeach*, veto*, appoint*, confirm*, replac*, succeed*, successor*, (be|is|get|gets) fired, fires?, serve full term, serves? (as|his|her|a|the), full term, in office, remains? (as|in|chancellor|president|ceo|prime minister|on the), stays? (as|in|ceo|on|president|out|until), becom*, be (the )?(\\S+ )?(president|ceo|chancellor|prime minister|governor|mayor|senator|nominee|speaker|chair|secretary|richest), return*, comes? back, govern*, cabinet, coalition, vot(e|es|ed|ing|er|ers), polls?, polling, approval*, approv*, concede*, primary, primaries, midterm election*, censur*, testif*, speaks?, speech*, address (congress|the nation|parliament), visits?, travels? to, meets? (with|the (president|king|pope|ceo)|xi|putin|trump|modi), summit, attend*, hosts?, tariff*, sanction*, deal, agreement, treaty, ceasefire, negotiat*, talks, government, policy, party, parliament, congress, senate, opens? parliament, introduc*, bills?, laws?, tax*, budget, budgets, cuts? rates, rates, allowed to stand, overthrown, still (be )?(chancellor|president|ceo), (call|calls) (an )?(early )?election, state visit, war, troops, nuclear, invade*, recogni[sz]e*, sign (a|the), signs (a|the), dollari[sz]e*, reelection, name*, select*, choose*, chooses, order, orders, ban, bans, banned, declare*`,
  `takes? (power|office|over|part), (take|takes|pull|pulls) (\\S+ ){1,3}out of the, terms?, donors, merger*, opens? (the|a|an), builds?, creates?, accepts?, rejects?, cancels?, extends?, expands?, criticis*, criticiz*, prais*, mentions?, reveals?, unveils?, apologi*, admits?, denies, deny, reunite*, adopts?, teaches, nominees?, strike* a deal, reach* (a|an) (deal|agreement), raises?, lowers?, hikes?, cuts? (the|taxes|spending|\\d+), attack* (\\S+ ){1,4}in a (speech|debate|tweet|post), blocks?, backs?, keeps? (his|her|their|the) (job|seat|post|title|promise), lives? in, moves? to, works? (at|for|with), overtak*, surpass*, exceed*, outperform*, moved, collaps*, faces? (a|an|the) (\\S+ )?(vote|trial|recall|inquiry|challenger|audit), go to (space|the moon|court), reach* (the|a|an) (final|semi\\S*|deal|agreement|top), arriv*, pass (\\d+|the|a), identified by, suspend* (his|her|their|the), gets? (a|an|the) (new|raise|deal|contract|job), extinct*, axed, ends? (his|her|its|the), be out (by|on|in), without, challeng*, makes? (a|an) \\d+, renam*, restart*, reopen*, rebuil*, operat*, restor*, unite*, merge*, out of the (who|eu|un|nato|paris)`,
  // courts and records
  `convict*, sentenc*, acquit*, pardon*, releas*, extradit*, charged, charges, indict*, arrest*, appeal*, trial, sue, sues, sued, lawsuit, court, case, plead*, verdict, bail, subpoena*, deport*, declassif*, files, prison, prosecut*, investigat*, fined?, penal*, settle (with|the)`,
  // business and money
  `ceo of, buys?, sells?, (be|is|get|gets|been) sold, liquidat*, pipeline, acquir*, invest*, launch*, found (a|the), joins?, hir(e|es|ed), company, companies, fund, stock*, shares, billion*, trillion*, million*, net worth, owns?, holds?, moves? (\\S+ )?(\\S+ )?(eth|btc|bitcoin|coins|funds), donat*, pays?, repay*, earn*, announc*, post, posts, tweet*, publish*, writ(e|es|ing), memoir, book, books, essay, bestseller*, interview*, podcast*, newsletter*, subscriber*, follower*, blog, raises?, rent, promot*, ship, ships, delist*, list, lists, burn*, mint*, price*, token*, coin, memecoin*, bitcoin, btc, eth, ethereum, crypto, nft*, dao, etf, product, keynote, model, version, software, update*, bank, patent*, bounty program, reserve*, roadmap, layoff*, lay off, space, mars, moon, starship, supporting, support`,
  // arts, prizes, private joys
  `album*, song*, single, tour*, number one, film*, movie*, star, stars, starring, play, plays, played, role, cast, director, show, shows, series, season*, premier*, oscar*, emmy*, grammy*, award*, prize*, nobel, induct*, hall of fame, knighted, (get|gets) married, (hang|hangs) up (his|her) (gloves|boots|skates), her hair, his hair, moustache, beard, appear*, perform*, sing, sings, headline*, sequel*, reboot*, museum*, exhibition*, statue*, marry, marries, wedding, engaged, divorc*, have (a|another) (child|baby), exam*, graduat*, like, likes, finish (his|her|their|the|a) (book|marathon|studies|term|novel|game|race|degree), winds of winter, wear, wears, birthday party, restaurant, documentar*, biopic, memorial, archive*`,
  // sport and records
  `game*, match*, playoff*, cup, league, grand prix, race*, final, finals, championship*, tournament*, goal*, scor*, coach*, team*, striker, wimbledon, us open, olympic*, nba, nfl, mlb, ufc, title*, knock* out, knockout, qualif*, podium, overtime, medal*, gold, squad, transfer*, derby, touchdown*, home runs?, injur*, comeback, record*, fight*, bout, round*, super bowl, lineup, roster, trade, trades, traded, contract, compet*, beats?, defeat*, crush*, destroy*, slam*, straight sets, cut at, captain, rank*, mvp, triple double, shoots?, steals? (\\S+ )?bases, dunks?, swims?, runs? the, climb*, solve*, proves?, discover*, invent*, manuscript, cipher, hypothesis, chess, lottery, jackpot, marathon, exhibition, odds, upset*, make the cut, early exit, career, stopped in round, drops? \\d+ points, armband, last four, throws? \\d+, covers?, gives? away, abdicat*, on time, all hands, stop (\\S+ ){1,3}by knockout, miss (a|the) game, retire before, world`,
);

/**
 * Verbs of doing. What somebody does is rarely what is done to them, so such a verb right behind the person makes a
 * forecast public. Missing on purpose: what a euphemism is made of (be, get, go, meet, reach, stop, wake, walk …).
 */
const DOING: ReadonlySet<string> = new Set(
  `
  accuse achieve acknowledge activate adapt add adjust advance advertise advise advocate affirm aim allow
  amend analyse analyze apply arrange ask assemble assign audit auction author authorize authorise average
  award balance bet bid bike blame block boo book boost borrow boycott brief broadcast brew brush calculate
  canonise canonize cast certify chair change chart chat charter cheat check cite claim clarify classify
  coach code collaborate collect comment commission commit compare complain complete compose conduct
  consider construct contest contribute control convert copy correct count create credit crown curate
  customise cycle dance decide declare decline decorate dedicate defend define delay delegate deliver
  demand demo deploy deposit deputise describe design detail develop devote direct disagree disclose
  discuss dismiss display dispute dissolve distribute diversify dodge dominate double download draft draw
  drive dump edit educate embrace employ emphasise enable encourage endorse engage enjoy enroll enrol
  entertain equal establish estimate evaluate examine exceed exchange exhibit explain explore export favour
  favor fight file film finance fix flip focus follow forecast form freeze fulfil fund gain give grant grow
  guarantee guess guest guide halve handle hint hoist honour honor identify ignore illustrate imitate
  implement import impose improve include increase influence inform initiate insist inspect inspire install
  insult integrate intend interrupt introduce issue juggle justify label lead learn lease lecture license
  like limit link listen lobby log maintain make manage mandate manufacture market master mediate mention
  mentor merge migrate model moderate modify monitor motivate narrate nationalise nationalize observe
  obtain occupy offer organise organize outline outqualify outsell outspend outscore oversee overturn
  participate partner patch perform persuade petition photograph pilot pitch plan plant play pledge portray
  pose practise practice preach predict prefer prepare present preserve preside pressure prevent print
  privatise privatize probe process produce program prohibit promise promote propose protest prove provide
  punt purchase qualify question quote race rate ratify read realise reappoint rebrand recall recite
  recommend reconsider recruit redeem redesign reduce refer reform refund refuse register regulate rehearse
  rehire relaunch relocate remind remodel renew renounce rent repair repeal repeat replay reply report
  represent reprise request require rescue research reserve resolve respond reveal reverse review revise
  revive revoke reward rewrite sail sample save schedule score screen secede seek select shake shave shift
  showcase shrink sign simplify sing skate sketch skip smile solve spar spend sponsor stage stake stream
  streamline study stump submit subpoena subscribe suggest summarise supply support surf surpass survey
  suspend swap swear swim teach team thank throw tie tighten tip tour trace translate travel triple tweet
  unfollow unify unlock unseat update upgrade urge vaccinate value veto volunteer wager warn wash watch
  weigh welcome ride climb crack equal whitelist whisper widen withdraw work yield
  `
    .trim()
    .split(/\s+/),
);

/** Words that may stand between a person and what they do. */
const BETWEEN =
  /^(?:ever|also|again|finally|actually|really|still|soon|publicly|officially|to|not|jr|sr|iii?|the|of|and)$/;

/**
 * Whether the words behind a person begin with a verb of doing; names and offices in between are passed over.
 * @param rest the words behind the person's first
 */
export const doesSomething = (rest: readonly { readonly key: string; readonly raw: string }[]): boolean => {
  const verb = rest.find(({ key, raw }) => !BETWEEN.test(key) && !/^[\p{Lu}@]/u.test(raw));
  return verb !== undefined && DOING.has(verb.key);
};
