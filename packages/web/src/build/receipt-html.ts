/** A receipt as one self-contained page. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Receipt, receiptBytes, type Trust } from '@surety/sdk/page-verify';
import { cachedBundle } from './cache.ts';

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

type Parts = { readonly script: string; readonly style: string; readonly programs: Programs };

/** The readers' programs: what runs, and the same packed. */
type Programs = { readonly script: string; readonly packed: string };

/** Only the page's own script and style run, named by digest; no connection of any kind leaves the page. */
const policy = ({ script, style, programs }: Parts, carries: boolean): string =>
  `default-src 'none'; script-src ${sha256(script)}${carries ? ` ${sha256(programs.script)}` : ''}; style-src ${sha256(style)}; base-uri 'none'; form-action 'none'`;

/** Whether a receipt names a program of Surety's own; only then is a page made to carry them. */
const namesPrograms = (receipt: Receipt): boolean =>
  /"program":"surety\//.test(Buffer.from(receipt.envelope.payload, 'base64').toString());

type Embedding = { readonly attribute: string; readonly text: string };

/**
 * The receipt's bytes as they are, which keeps every byte of them checkable. Should they hold a `<`, which no log
 * or key that we know does, they stand there in base64, so that nothing in them can end the element.
 */
const embed = (bytes: Uint8Array): Embedding => {
  const text = new TextDecoder().decode(bytes);
  return text.includes('<')
    ? { attribute: ' data-encoding="base64"', text: Buffer.from(bytes).toString('base64') }
    : { attribute: '', text };
};

/** JSON that can stand in a script element: with `<` escaped, nothing in it can end the element. */
const inert = (json: string): string => json.replaceAll('<', '\\u003c');

const page = (parts: {
  readonly bundle: Parts;
  readonly receipt: Embedding;
  readonly trust: string;
  readonly carries: boolean;
}): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(parts.bundle, parts.carries)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Surety receipt</title>
<style>${parts.bundle.style}</style>
</head>
<body>
<div id="page"><main><p><strong>This receipt has not been verified.</strong> The page's own program did not run: scripts are off, or the file was changed. Save the part between the marks below as receipt.json and run <code>surety verify receipt.json</code>.</p></main></div>
<!-- receipt.json begins --><script type="application/json" id="receipt"${parts.receipt.attribute}>${parts.receipt.text}</script><!-- receipt.json ends -->
<!-- the keys this page came with: compare them with keys you pinned --><script type="application/json" id="trust">${parts.trust}</script>
${
  parts.carries
    ? `<!-- the readers' programs, gzip in base64 --><script type="application/octet-stream" id="programs">${parts.bundle.programs.packed}</script>
`
    : ''
}<script>${parts.bundle.script}</script>
</body>
</html>
`;

const pack = (script: string): Programs => ({
  script,
  packed: gzipSync(script, { level: 9 }).toString('base64'),
});

let made: { readonly cacheDir: string | undefined; readonly bundle: Promise<Parts> } | null = null;

const receiptBundle = (cacheDir: string | undefined): Promise<Parts> => {
  if (made === null || made.cacheDir !== cacheDir) {
    const bundle = Promise.all([
      cachedBundle('receipt-page/main', 'iife', cacheDir),
      cachedBundle('receipt-page/programs', 'iife', cacheDir),
    ]).then(([{ script, style, files }, readers]) => ({
      script: (files[script] ?? '').replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3c!--').trim(),
      style: (files[style] ?? '').trim(),
      programs: pack(readers.files[readers.script] ?? ''),
    }));
    bundle.catch(() => {
      made = null;
    });
    made = { cacheDir, bundle };
  }
  return made.bundle;
};

/**
 * A receipt as one page that verifies itself in any browser, offline. It carries the given keys, says that they
 * came with it, and lets its reader verify with others.
 * @param trust what the page verifies against until its reader gives other keys
 * @param options.cacheDir where the page's program is kept between starts, e.g. `.surety/cache`
 */
export const renderReceiptHtml = async (
  receipt: Receipt,
  trust: Trust,
  options: { readonly cacheDir?: string } = {},
): Promise<string> =>
  page({
    bundle: await receiptBundle(options.cacheDir),
    receipt: embed(receiptBytes(receipt)),
    trust: inert(JSON.stringify(trust)),
    carries: namesPrograms(receipt),
  });
