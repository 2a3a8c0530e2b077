/**
 * The rules that keep a finding from claiming more than its evidence shows; tests apply them to every finding that
 * this package can make. See `spec/03-evidence.md`, section 3.4.
 */
import { type Finding, PROPERTIES } from '../finding.ts';

/** Words that no evidence of this version earns as something proved. */
const TOO_MUCH =
  /\b(?:true|truth|truthful|correct|honest|safe|secure|trustworthy|human|guaranteed|certain|decentralised)\b/i;

/** What a finding claims too much, in words; empty for none. */
export const overClaims = (finding: Finding): readonly string[] => {
  const found: string[] = [];
  if (finding.doesNotProve.length === 0) found.push('says nothing of what it does not prove');
  if (finding.proves.some(({ property }) => !PROPERTIES.includes(property)))
    found.push('proves what is not on the list');
  if (finding.proves.some(({ of }) => TOO_MUCH.test(of)))
    found.push('words what it proves as truth, safety or honesty');
  if (finding.holds === 'shown' && finding.proves.length === 0) found.push('is shown but proves nothing');
  if (finding.holds === 'refuted' && finding.proves.length > 0) found.push('is refuted but proves something');
  if (finding.holds === 'not-shown' && finding.proves.length === 0 && finding.assumes.length === 0) {
    found.push('is not shown but names nobody who must be trusted instead');
  }
  if (finding.holds === 'shown' && finding.link === 'output') found.push('shows an answer to be right');
  return found;
};
