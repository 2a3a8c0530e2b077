import { type Receipt, receiptBytes } from '@surety/sdk/page-verify';
import { useEffect, useState } from 'preact/hooks';

type Props = { readonly receipt: Receipt; readonly receiptId: string };

/** The receipt as files to hand over. */
export const Downloads = ({ receipt, receiptId }: Props) => {
  const [link, setLink] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(receiptBytes(receipt))], { type: 'application/json' }));
    setLink(made);
    return () => URL.revokeObjectURL(made);
  }, [receipt]);
  const name = `surety-receipt-${receiptId.slice(0, 12)}`;
  return (
    <>
      <a class="button" href={link} download={`${name}.json`}>
        receipt.json
      </a>
      <a class="button" href={`/v1/receipts/${receiptId}/receipt.html`} download={`${name}.html`}>
        receipt.html
      </a>
    </>
  );
};
