/** Whether the receipt belongs to a network that the verifier pinned; development networks only when allowed. */
import { type Check, checkOf, type Opened } from '../check.ts';

const LABEL = 'DEVELOPMENT: a local chain and development dollars; no real money stands behind this.';

export const checkNetwork = ({ statement, trust }: Opened): Check => {
  const { chainId, receiptVerifier, operator, environment } = statement.predicate.network;
  const name = `chain ${chainId}, ReceiptVerifier ${receiptVerifier}, operator ${operator}`;
  const known = trust.networks.find(
    (network) =>
      network.chainId === chainId &&
      network.receiptVerifier === receiptVerifier &&
      network.operator === operator &&
      network.environment === environment,
  );
  if (known === undefined) {
    const pinned = trust.networks.map((network) => `chain ${network.chainId} (${network.environment})`).join(', ');
    const message = `The receipt belongs to another network: ${name}, ${environment}.`;
    return checkOf('network', {
      holds: 'not-shown',
      summary: message,
      assumes: ['that network is the one you mean'],
      doesNotProve: ['that contracts you know accept it'],
      problem: {
        code: 'receipt.foreign-network',
        message,
        next: 'Verify it with the trust file of its own network.',
        field: 'predicate.network',
        value: name,
        limit: pinned === '' ? 'no network is pinned' : pinned,
      },
    });
  }
  const development = environment === 'development';
  const refused = development && !trust.allowDevelopment;
  return checkOf('network', {
    holds: 'shown',
    summary: development ? `${LABEL} (${name})` : `Belongs to the pinned network: ${name}.`,
    proves: [{ property: 'agreement', of: 'the network of the receipt with a pinned one' }],
    doesNotProve: development ? ['that any real money stands behind it'] : ['that its contracts hold money now'],
    problem: refused
      ? {
          code: 'receipt.development',
          message: 'The receipt is of a development network, which your trust file does not allow.',
          next: 'Set "allowDevelopment": true in a trust file used for testing only.',
          field: 'predicate.network.environment',
          value: environment,
          limit: 'production',
        }
      : null,
  });
};
