/** The web page of Surety, as files for the node to serve, and receipts as self-contained pages. */

export { renderReceiptHtml } from './build/receipt-html.ts';
export { buildWeb, WEB_CSP, WEB_HEADERS, type WebFile } from './build/web.ts';
