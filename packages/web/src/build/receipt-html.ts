export const renderReceiptHtml = (): string => '';
