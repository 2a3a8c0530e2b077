export const ReceiptView = ({ receiptId }: { receiptId: string }) => <p>{receiptId}</p>;
