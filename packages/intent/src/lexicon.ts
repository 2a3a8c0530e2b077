/** The words the grammar knows, by class. Entries may be phrases. */
import type { Lexicon } from './notation.ts';

const words = (list: string): readonly (readonly string[])[] =>
  list.split(',').map((phrase) => phrase.trim().split(/\s+/));

export const LEXICON = {
  be: words(
    "is, are, was, be, isn't, aren't, is it true that, do you think, tell me if, tell me whether, check if, check whether, whether, if",
  ),
  is: words('is, are, be'),
  do: words('does, do, will, would, did, can, could'),
  have: words('has, have'),
  i: words('i, we, my mother, my father, my mom, my dad, my wife, my husband, my friend, one, someone, people'),
  may: words('can, should, could, may, shall, must, do'),
  it: words('it, this, that'),
  article: words(
    'a, an, the, this, that, some, another, any, just a, just another, part of a, part of, in fact, known, known as a, known as, known to be, known to be a',
  ),
  adverb: words(
    'really, actually, truly, still, probably, likely, definitely, possibly, potentially, not, very, so, perhaps, maybe, completely, totally, even, indeed, now, currently, known, well-known, obvious, new, crypto, financial, online, web3, defi, 100%',
  ),
  polite: words(
    'please, hey, hi, hello, surety, so, ok, well, quick question, question, can you tell me, can you check, could you check, could you tell me, do you know, i wonder, i want to know, help',
  ),
  bad: words(
    'scam, scams, a scam, scammy, scammer, scammers, phishing, phish, phishy, fraud, fraudulent, fraudster, fake, counterfeit, malicious, malware, dangerous, unsafe, risky, harmful, evil, drainer, drainers, wallet drainer, ponzi, ponzi scheme, pyramid scheme, rug, rugpull, rug pull, rug-pull, honeypot, honey pot, impersonator, impersonation, imposter, impostor, copycat, knockoff, spoof, spoofed, suspicious, sketchy, shady, bogus, hoax, trap, con, criminal, thief, hacker, hackers, hacked, compromised, blacklisted, sanctioned, mixer, spam, virus, deceptive, untrustworthy, dodgy, illegitimate, lookalike, look-alike, trick',
  ),
  good: words(
    'legit, legitimate, safe, genuine, real, authentic, trustworthy, trusted, trustable, reliable, reputable, official, secure, honest, ok, okay, good, fine, clean, benign, valid, true, verified, credible, original, right, correct',
  ),
  identity: words(
    'real, genuine, authentic, official, original, fake, counterfeit, true, right, correct, legit, legitimate, actual, canonical, verified, imitation',
  ),
  harming: words(
    'stealing, steal, steals, stole, draining, drain, drains, drained, phishing, phish, scamming, scam, scams, scammed, impersonating, impersonate, impersonates, imitating, imitate, imitates, pretending, pretend, copying, hacking, hack, defrauding, spreading, distributing, hosting, laundering, involved, associated, linked, connected, running, used, reported, flagged, blacklisted, controlled, run, operated, a part, owned',
  ),
  noun: words(
    'site, website, page, web page, webpage, web site, domain, link, url, app, dapp, shop, store, exchange, platform, service, company, business, project, protocol, wallet, address, account, one, thing, attempt, operation, scheme, contract, smart contract, token, coin, account, airdrop, casino, store, broker, bot, drainer, scam, email, email address, sender, source, place, seller, host, server, scheme, team, software, thing',
  ),
  siteNoun: words(
    'site, website, page, web page, webpage, web site, domain, link, url, app, dapp, shop, store, online shop, online store, exchange, platform, service, host, server, email, email address, sender, mail, ip, ip address, web app, wallet app, portal, page at, site at, link to, company, business, project, protocol',
  ),
  tokenNoun: words(
    'token, coin, stablecoin, erc20, erc-20, token contract, token at, asset, cryptocurrency, memecoin, currency',
  ),
  contractNoun: words(
    'contract, smart contract, contract at, smart contract at, code, code at, code of, spender, vault, router, pool, proxy',
  ),
  addressNoun: words(
    'address, wallet, wallet address, account, account at, eoa, recipient, sender, person behind, owner of, holder, deployer, deployer of',
  ),
  to: words('to'),
  or: words('or'),
  no: words('not, no'),
  for: words('for, with, from, by, in, of, as, against, at, and, when, because'),
  how: words('how'),
  likely: words(
    'likely, probable, safe, risky, dangerous, legit, trustworthy, legitimate, reliable, secure, genuine, suspicious',
  ),
  that: words('that, it that, is it that, it is that'),
  check: words(
    'check, verify, rate, judge, analyse, analyze, scan, review, look at, look into, investigate, what about, how about, what do you think of, what do you think about, thoughts on, opinion on, opinions on, anyone know, anyone used',
  ),
  what: words('what, which'),
  at: words('at, with address, with the address, deployed at, contract'),
  approve: words(
    'approve, sign, sign for, call, interact with, mint, mint from, stake, stake in, stake with, deposit into, deposit in, give allowance to, approve tokens for',
  ),
} as const satisfies Lexicon;

export type ClassName = keyof typeof LEXICON;

/** Every word of every class, for naming words that a reading ignored. */
export const KNOWN_WORDS: ReadonlySet<string> = new Set(Object.values(LEXICON).flat(2));
