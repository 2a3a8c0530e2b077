import { useEffect, useState } from 'preact/hooks';

/** The receipt's own bytes as `receipt.json`, for `surety verify`. */
export const SaveJson = ({ receipt, receiptId }: { receipt: Uint8Array; receiptId: string | null }) => {
  const [link, setLink] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(receipt)], { type: 'application/json' }));
    setLink(made);
    return () => URL.revokeObjectURL(made);
  }, [receipt]);
  return (
    <a class="button" href={link} download={`surety-receipt-${receiptId?.slice(0, 12) ?? 'broken'}.json`}>
      Save receipt.json
    </a>
  );
};
