/** Whether the keys of the receipt are pinned: only then does a signature say who signed. */
import { type Check, checkOf, type Opened } from '../check.ts';

export const checkIssuer = ({ receipt, trust }: Opened): Check => {
  const [{ keyid }] = receipt.envelope.signatures;
  const address = receipt.eip712.issuer;
  const known = trust.issuers.find((issuer) => issuer.dsseKey === keyid && issuer.address === address);
  if (known !== undefined) {
    return checkOf('issuer', {
      holds: 'shown',
      summary: `Issued by ${known.name}, whose keys are pinned in your trust file.`,
      proves: [{ property: 'authenticity', of: `the issuer: both keys are those pinned as ${known.name}` }],
      assumes: [`${known.name} keeps its keys to itself`],
      doesNotProve: [`that ${known.name} is right`],
    });
  }
  const half = trust.issuers.find((issuer) => issuer.dsseKey === keyid || issuer.address === address);
  const mixed = half === undefined ? '' : ` Only one of the two keys of ${half.name} is here.`;
  const message = `Self-signed, not trusted: the issuer ${address} is not pinned in your trust file.${mixed}`;
  return checkOf('issuer', {
    holds: 'not-shown',
    summary: message,
    assumes: ['whoever holds these keys is who you think it is'],
    doesNotProve: ['who issued this: anybody can make such a receipt'],
    problem: {
      code: 'receipt.self-signed',
      message,
      next: 'Get the issuer’s trust file from a place you believe, and name it with --trust.',
      field: 'eip712.issuer',
      value: address,
    },
  });
};
