/**
 * Words that phishing names are built of, by what they promise or demand, and words of ordinary business.
 * Written by hand from public reports on wallet drainers; matched inside labels, longest first.
 */

export const WORD_GROUPS = {
  /** Free money. */
  giveaway:
    'claim claims claiming airdrop airdrops drop drops reward rewards bonus gift gifts giveaway free freemint mint minting mints lucky prize event events celebration'.split(
      ' ',
    ),
  /** A share that is said to be yours already. */
  allocation:
    'allocation allocations distribution eligibility eligible checker check snapshot tge genesis season points epoch merit whitelist allowlist register registration registry registrer presale ido preorder early'.split(
      ' ',
    ),
  /** Something broken that only your keys repair. */
  repair:
    'fix fixes rectify resolve resolver restore restoration recover recovery repair sync synchronize validate validation validator verify verification authenticate unlock migrate migration migrating secure security protect support help helpdesk rpc node nodes debug revoke refund solution'.split(
      ' ',
    ),
  /** Connect the wallet. */
  connect:
    'connect connectwallet walletconnect wallet wallets dapp dapps dappnode web3 app apps portal launch launchpad access login signin auth oauth account online dashboard'.split(
      ' ',
    ),
  /** Things one does with coins. */
  finance:
    'swap bridge stake staking restake restaking farm yield vault vaults earn trade trading exchange dex defi pool lend borrow buy invest investment mining miner'.split(
      ' ',
    ),
  /** Take part in the project's politics. */
  governance:
    'vote voting votes proposal proposals propose governance snapshotvote delegate foundation fdn dao treasury'.split(
      ' ',
    ),
  /** The field's nouns, honest as often as not. */
  coin: 'coin coins token tokens crypto nft nfts chain block blockchain protocol labs network inu doge pepe moon meme satoshi eth btc sol usdt usdc bnb'.split(
    ' ',
  ),
  /** Says that it is genuine. */
  assurance: 'official real verified trust trusted safe legit original'.split(' '),
  /** Words of ordinary business. */
  business:
    'shop store bakery coffee hotel travel clinic dental school academy studio design media news books garden kitchen restaurant pizza photo music games game fitness yoga legal law consulting services solutions group industries engineering'.split(
      ' ',
    ),
} as const;
export type WordGroup = keyof typeof WORD_GROUPS;
export const GROUPS = Object.keys(WORD_GROUPS) as WordGroup[];

const groupOf = new Map<string, number>();
GROUPS.forEach((group, index) => {
  for (const word of WORD_GROUPS[group]) if (!groupOf.has(word)) groupOf.set(word, index);
});
/** Shorter words are counted only where they stand alone between hyphens. */
const MIN_INSIDE_CHARACTERS = 4;
const LONGEST = Math.max(...[...groupOf.keys()].map((word) => word.length));

/** Whether the whole text is one word of the lexicon. */
export const isLexiconWord = (text: string): boolean => groupOf.has(text);

export type WordHit = { readonly word: string; readonly group: WordGroup; readonly at: number };

/** The lexicon words in a label, greedily from the left, longest first. */
export const wordsIn = (label: string): WordHit[] => {
  const hits: WordHit[] = [];
  for (let at = 0; at < label.length; ) {
    let taken = 1;
    for (let length = Math.min(LONGEST, label.length - at); length >= 2; length--) {
      const word = label.slice(at, at + length);
      const group = groupOf.get(word);
      if (group === undefined) continue;
      const alone = (at === 0 || label[at - 1] === '-') && (at + length === label.length || label[at + length] === '-');
      if (length < MIN_INSIDE_CHARACTERS && !alone) continue;
      hits.push({ word, group: GROUPS[group]!, at });
      taken = length;
      break;
    }
    at += taken;
  }
  return hits;
};
