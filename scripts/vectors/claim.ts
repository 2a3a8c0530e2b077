/** Writes `vectors/claim.json`: claims with their ids, and claims that every reader must refuse. Run: `node scripts/vectors/claim.ts` */
import { toHex } from '../../packages/core/src/bytes.ts';
import { encode } from '../../packages/core/src/canonical.ts';
import type { QuestionClaim, Subject } from '../../packages/core/src/claim.ts';
import { claimIdOf, parseClaim } from '../../packages/core/src/claim-shape.ts';
import { CLAIM } from '../../packages/core/test/sample.ts';
import { writeVectors } from './write.ts';

const address = CLAIM.asker;
const subjects: [string, Subject][] = [
  ['a site', { kind: 'site', host: 'xn--nisw-ioa0d.example' }],
  ['a page', { kind: 'site', host: 'example.com', url: 'https://example.com/claim?x=1' }],
  ['a token', { kind: 'token', chainId: 1, address, symbol: 'UNI', name: 'Uniswap' }],
  ['a token by address alone', { kind: 'token', chainId: 1, address }],
  ['an address', { kind: 'address', chainId: 8453, address }],
  ['a contract', { kind: 'contract', chainId: 1, address }],
  ['a message', { kind: 'message', text: 'Dear friend,\nyour “airdrop” 🦄 waits.' }],
  [
    'a delivery',
    { kind: 'delivery', agreementSha256: 'aa'.repeat(32), deliverableSha256: 'bb'.repeat(32), summary: 'A logo.' },
  ],
  ['a forecast', { kind: 'forecast', statement: 'It rains in Oslo on 2026-12-24.' }],
];
const valid: [string, QuestionClaim][] = [
  ...subjects.map(([name, subject]): [string, QuestionClaim] => [name, { ...CLAIM, subject }]),
  ['an official rule', { ...CLAIM, rule: { kind: 'official', source: 'met.no', url: 'https://met.no/' } }],
  ['sixteen outcomes', { ...CLAIM, outcomes: Array.from({ length: 16 }, (_, i) => `outcome ${i}`) }],
  ['the largest budget', { ...CLAIM, budgetMicroUsd: ((1n << 128n) - 1n).toString() }],
];

const { nonce: _, ...withoutNonce } = CLAIM;
const invalid: [string, unknown][] = [
  ['not an object', 'claim'],
  ['another type', { ...CLAIM, type: 'surety/claim/question/v2' }],
  ['a missing field', withoutNonce],
  ['an unknown field', { ...CLAIM, note: 'x' }],
  ['one outcome', { ...CLAIM, outcomes: ['scam'] }],
  ['seventeen outcomes', { ...CLAIM, outcomes: Array.from({ length: 17 }, (_, i) => `outcome ${i}`) }],
  ['an outcome twice', { ...CLAIM, outcomes: ['scam', 'scam'] }],
  ['an empty outcome', { ...CLAIM, outcomes: ['scam', ''] }],
  ['a negative budget', { ...CLAIM, budgetMicroUsd: '-1' }],
  ['a fractional budget', { ...CLAIM, budgetMicroUsd: '0.05' }],
  ['a budget as a number', { ...CLAIM, budgetMicroUsd: 50000 }],
  ['a budget beyond 128 bits', { ...CLAIM, budgetMicroUsd: (1n << 128n).toString() }],
  ['an asker without checksum', { ...CLAIM, asker: CLAIM.asker.toLowerCase() }],
  ['a host in capitals', { ...CLAIM, subject: { kind: 'site', host: 'Example.com' } }],
  ['an unknown kind of subject', { ...CLAIM, subject: { kind: 'planet', name: 'Mars' } }],
  ['a field of another subject', { ...CLAIM, subject: { kind: 'site', host: 'example.com', chainId: 1 } }],
  ['a quorum above the seats', { ...CLAIM, rule: { kind: 'panel', seats: 3, quorum: 4, lossGainRatio: 9 } }],
  ['a fractional time', { ...CLAIM, closesAt: 1.5 }],
  ['a nonce of 15 bytes', { ...CLAIM, nonce: '00'.repeat(15) }],
  ['a nonce in capitals', { ...CLAIM, nonce: 'AB'.repeat(16) }],
];

writeVectors('claim', {
  description: 'Claims (spec/02-claim.md): canonical bytes and ids; and claims to be refused, with code and field.',
  valid: valid.map(([name, claim]) => ({ name, claim, hex: toHex(encode(claim)), claimId: claimIdOf(claim) })),
  invalid: invalid.map(([name, claim]) => {
    const result = parseClaim(claim);
    const problem = result.ok ? { code: 'ACCEPTED', field: '' } : result.problem;
    return { name, claim, code: problem.code, field: problem.field };
  }),
});
