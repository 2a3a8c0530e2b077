import { type Subject, toUnicodeHost } from '@surety/sdk/page';

/** Long hosts break after dots and hyphens, so the part that names the owner stays readable. */
const Broken = ({ text }: { text: string }) => (
  <>
    {text.split(/(?<=[.\-/])/).map((part, index) => (
      <span key={index}>
        {part}
        <wbr />
      </span>
    ))}
  </>
);

/** A host in the form it is sent over the wire and, where it differs, as it looks. Never a link. */
export const HostName = ({ host }: { host: string }) => {
  const looks = toUnicodeHost(host);
  return (
    <span class="host" translate={false}>
      <span class="mono">
        <Broken text={host} />
      </span>
      {looks !== host && (
        <span class="host-looks">
          looks like <bdi class="mono">{looks}</bdi>
        </span>
      )}
    </span>
  );
};

const CHAIN_NAMES: Readonly<Record<number, string>> = {
  1: 'Ethereum',
  10: 'Optimism',
  56: 'BNB Chain',
  137: 'Polygon',
  8453: 'Base',
  42161: 'Arbitrum One',
  31337: 'local development chain',
};

const chainName = (chainId: number): string => CHAIN_NAMES[chainId] ?? `chain ${chainId}`;

/** What a question is about, inert: no link, no image, no markup. */
export const SubjectLine = ({ subject }: { subject: Subject }) => {
  switch (subject.kind) {
    case 'site':
      return subject.url === undefined ? (
        <HostName host={subject.host} />
      ) : (
        <span>
          <HostName host={subject.host} />
          <span class="small quiet block">
            page <span class="mono">{subject.url}</span>
          </span>
        </span>
      );
    case 'token':
    case 'address':
    case 'contract':
      return (
        <span>
          <span class="mono" translate={false}>
            {subject.address}
          </span>
          <span class="small quiet block">
            {subject.kind} on {chainName(subject.chainId)}
            {subject.kind === 'token' && subject.symbol !== undefined && (
              <>
                , said to be <bdi>{subject.symbol}</bdi>
              </>
            )}
          </span>
        </span>
      );
    case 'message':
      return <q class="message">{subject.text}</q>;
    case 'delivery':
      return <span>{subject.summary}</span>;
    case 'forecast':
      return <span>{subject.statement}</span>;
  }
};
