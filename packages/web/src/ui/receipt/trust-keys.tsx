import type { Trust } from '@surety/sdk/page-verify';

/** The keys in a trust file, each whole, so that they can be compared letter by letter. */
export const TrustKeys = ({ trust }: { trust: Trust }) => (
  <dl class="keys small">
    {trust.issuers.map((issuer) => (
      <div key={issuer.dsseKey}>
        <dt>Issuer {issuer.name}</dt>
        <dd class="mono">{issuer.dsseKey}</dd>
        <dd class="mono">{issuer.address}</dd>
      </div>
    ))}
    {trust.logs.map((log) => (
      <div key={log.publicKey}>
        <dt>
          Log {log.origin},{' '}
          {log.witnessQuorum === 0 ? 'no witness' : `${log.witnessQuorum} of ${log.witnesses.length} witnesses`}
        </dt>
        <dd class="mono">{log.publicKey}</dd>
      </div>
    ))}
    {trust.networks.map((network) => (
      <div key={`${network.chainId} ${network.operator}`}>
        <dt>
          Network {network.chainId}, {network.environment}, operator {network.operator}
        </dt>
        <dd class="mono">{network.receiptVerifier}</dd>
      </div>
    ))}
  </dl>
);
