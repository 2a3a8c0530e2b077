/** What a message demands, by hand-written signs; each says in plain words what it found. */

export type Sign = { readonly id: string; readonly points: number; readonly says: string; readonly pattern: RegExp };

export const SIGNS: readonly Sign[] = [
  { id: 'secret', points: 6, says: 'It asks for a recovery phrase or a key, which nobody honest needs.', pattern: /(verify|enter|confirm|provide|send|submit|restore|import)[^.!?]{0,80}(seed|recovery|secret) ?(phrase|words|key)|(verify|enter|confirm|provide|send|submit|import)[^.!?]{0,60}private key/i },
  { id: 'secret-named', points: 2, says: 'It speaks of a recovery phrase or a private key.', pattern: /seed phrase|recovery phrase|secret phrase|private key|12 words|24 words/i },
  { id: 'threat', points: 3, says: 'It threatens with loss or suspension.', pattern: /suspend|restricted|deactivat|will be (locked|frozen|closed|lost)|lose (your|access|all)|unauthori[sz]ed (login|access|transaction)/i },
  { id: 'hurry', points: 2, says: 'It sets a short deadline.', pattern: /within \d{1,2} ?(hours?|h\b|minutes?)|immediately|last chance|expires? (today|soon|in)|act now|urgent/i },
  { id: 'doubling', points: 6, says: 'It promises to send back more than is sent.', pattern: /(double|triple|2x|10x) (your|the|all)|send (back|you) (double|twice)|guaranteed (profit|returns?)/i },
  { id: 'giveaway', points: 3, says: 'It promises something for nothing.', pattern: /(claim|collect|receive)[^.!?]{0,40}(airdrop|reward|bonus|tokens?|prize|nft)|you (have|were) (won|selected|chosen)|eligible/i },
  { id: 'connect', points: 2, says: 'It asks to connect or validate a wallet.', pattern: /(connect|validate|synchroni[sz]e|sync|rectify|migrate|update) (your )?wallet/i },
  { id: 'remote', points: 4, says: 'It asks for remote control or for secrecy.', pattern: /anydesk|teamviewer|do not tell|keep (this|it) (secret|confidential)/i },
]; // biome-ignore format: a table reads better as rows

/** Longest message that is read, in characters; the rest is ignored and said to be. */
export const MAX_MESSAGE_CHARACTERS = 10_000;
/** Hosts of a message that are read. */
const MAX_HOSTS = 8;

const HOST = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[a-z]{2,24}/giu;

/** Host names a message mentions, defanged ones included, each once. */
export const hostsIn = (text: string): string[] => {
  const plain = text.slice(0, MAX_MESSAGE_CHARACTERS).replace(/\[\.\]|\(\.\)/g, '.');
  return [...new Set([...plain.matchAll(HOST)].map(([host]) => host.toLowerCase()))].slice(0, MAX_HOSTS);
};
