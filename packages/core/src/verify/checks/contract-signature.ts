/** The secp256k1 signature over the EIP-712 struct: the same one that ReceiptVerifier checks on chain. */
import { claimIdOf } from '../../claim-shape.ts';
import { wrongOperator } from '../../eip712/operator.ts';
import { recoverTyped } from '../../eip712/sign.ts';
import { receiptMessage, signingDomainOf } from '../../receipt-build.ts';
import { broken, type Check, checkOf, type Opened } from '../check.ts';

export const checkContractSignature = ({ receipt, receiptId, statement }: Opened): Check => {
  const { predicate } = statement;
  const { issuer, signature } = receipt.eip712;
  // The issuer signs in its own name: a receipt said to be of one operator's node and signed by another is nobody's.
  const foreign = wrongOperator(predicate.network.operator, issuer, 'predicate.network.operator');
  if (foreign !== null) return broken('contract-signature', foreign);
  const message = receiptMessage(predicate, receiptId, claimIdOf(predicate.claim));
  const signer = recoverTyped('Receipt', message, { domain: signingDomainOf(predicate.network), signature });
  if (!signer.ok) return broken('contract-signature', { ...signer.problem, field: 'eip712.signature' });
  if (signer.value !== issuer) {
    return broken('contract-signature', {
      code: 'signature.wrong-signer',
      message: `The contract signature is not by ${issuer}: the statement, the issuer or the signature was changed.`,
      next: 'Do not rely on it; get the receipt again from whoever issued it.',
      field: 'eip712.signature',
      value: signer.value,
    });
  }
  return checkOf('contract-signature', {
    holds: 'shown',
    summary: `Contracts of chain ${predicate.network.chainId} accept this receipt as signed by ${issuer}.`,
    proves: [
      { property: 'authenticity', of: `receipt id, outcome, status and cover: the key of ${issuer} signed them` },
    ],
    doesNotProve: ['whose key it is: see the issuer', 'that what the receipt says is so'],
  });
};
