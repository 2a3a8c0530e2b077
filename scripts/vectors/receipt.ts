/**
 * Writes `vectors/receipt.json`: whole receipts with what a verifier must say of them. All keys are published, in
 * `packages/core/test/sample.ts`: they protect nothing. Run: `node scripts/vectors/receipt.ts`
 */
import { to0x, toHex } from '../../packages/core/src/bytes.ts';
import { claimIdOf } from '../../packages/core/src/claim-shape.ts';
import { typedDigest } from '../../packages/core/src/eip712/sign.ts';
import { unwrap } from '../../packages/core/src/errors.ts';
import { leafHash } from '../../packages/core/src/log/hash.ts';
import type { ReceiptPredicate } from '../../packages/core/src/receipt.ts';
import {
  logLeafBytes,
  logLeafOf,
  receiptBytes,
  receiptIdOf,
  receiptMessage,
  signingDomainOf,
} from '../../packages/core/src/receipt-build.ts';
import { NO_TRUST } from '../../packages/core/src/trust.ts';
import { tamper } from '../../packages/core/src/verify/tamper.ts';
import { verifyReceipt } from '../../packages/core/src/verify/verify-receipt.ts';
import { FINAL, ISSUED_AT, NOW, predicateOf, sampleReceipt, TRUST } from '../../packages/core/test/sample.ts';
import { writeVectors } from './write.ts';

const receipts: [string, Partial<ReceiptPredicate>][] = [
  ['provisional with cover', {}],
  ['final by a panel', FINAL],
  [
    'undecided, no cover, no evidence',
    {
      evidence: [],
      outcome: null,
      status: 'final',
      decidedBy: { kind: 'undecided', reason: 'Too few jurors were sure.' },
      finalAfter: ISSUED_AT,
      cover: null,
    },
  ],
  ['overturned', { ...FINAL, status: 'overturned', supersededBy: 'ee'.repeat(32) }],
];

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const valid = await Promise.all(
  receipts.map(async ([name, over]) => {
    const receipt = await sampleReceipt(over);
    const predicate = predicateOf(over);
    const receiptId = receiptIdOf(receipt);
    const message = receiptMessage(predicate, receiptId, claimIdOf(predicate.claim));
    const leaf = logLeafBytes(logLeafOf(predicate, receiptId));
    const { verdict } = verifyReceipt(receipt, { trust: TRUST, now: NOW });
    return {
      name,
      file: text(receiptBytes(receipt)),
      receiptId,
      claimId: claimIdOf(predicate.claim),
      eip712: {
        message: { ...message, coverMicroUsd: message.coverMicroUsd.toString() },
        digest: to0x(typedDigest('Receipt', message, signingDomainOf(predicate.network))),
        signature: receipt.eip712.signature,
        issuer: receipt.eip712.issuer,
      },
      leaf: text(leaf),
      leafHash: toHex(leafHash(leaf)),
      verdict,
    };
  }),
);

const original = receiptBytes(await sampleReceipt(FINAL));
const judge = (name: string, file: Uint8Array, trust = TRUST) => {
  const { verdict, problems, changed } = verifyReceipt(file, { trust, now: NOW });
  return {
    name,
    file: text(file),
    trust: trust === TRUST ? 'pinned' : 'none',
    verdict,
    code: problems[0]?.code,
    changed,
  };
};
const forged = (path: string) => judge(`forged: ${path}`, unwrap(tamper(original, { path })).bytes);

writeVectors('receipt', {
  description:
    'Receipts (spec/07-receipt.md) under pinned trust at a time, with the verdict, gravest code and what was changed.',
  now: NOW,
  trust: TRUST,
  valid,
  refused: [
    judge('unknown issuer', original, NO_TRUST),
    judge('a second newline', new Uint8Array([...original, 10])),
    judge('cut short', original.subarray(0, -1)),
    forged('predicate.outcome'),
    forged('predicate.claim.subject.host'),
    forged('predicate.evidence.0.reading'),
    forged('predicate.evidence.2.probabilityPpm'),
    forged('predicate.cover.amountMicroUsd'),
    forged('subject.0.digest.sha256'),
    forged('eip712.signature'),
    forged('log.index'),
    forged('log.inclusion.0'),
  ],
});
