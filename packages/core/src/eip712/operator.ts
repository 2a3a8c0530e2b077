/**
 * The operator that a signature is for. All operators of a chain share one ReceiptVerifier, so the EIP-712 domain alone
 * would let one operator carry a signature to another's node.
 */
import { type Problem, show } from '../errors.ts';

/**
 * Why a signature that names `named` is refused where `expected` is the operator; `null` when they are one. Compare
 * before verifying: the signature itself would only say that something differs, not what.
 */
export const wrongOperator = (named: string, expected: string, field: string): Problem | null =>
  named === expected
    ? null
    : {
        code: 'signature.wrong-operator',
        message: `Signed for the operator ${show(named)}, and this one is ${expected}.`,
        next: 'Sign it for the operator that it is sent to.',
        field,
        value: show(named),
        limit: expected,
      };
