/** The page's HTML shell; everything else is drawn by its script. */

/** Four rings of the chain, as the page's icon. */
export const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#22379f"/><g fill="none" stroke="#fff" stroke-width="4"><circle cx="17" cy="32" r="9"/><circle cx="27" cy="32" r="9"/><circle cx="37" cy="32" r="9"/><circle cx="47" cy="32" r="9"/></g></svg>`;

export const indexPage = (paths: {
  readonly scriptPath: string;
  readonly stylePath: string;
  readonly workerPath: string;
}): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f1f4f9" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0c111b" media="(prefers-color-scheme: dark)">
<meta name="referrer" content="no-referrer">
<meta name="description" content="Ask whether something is a scam, and get an answer with a receipt that anyone can verify.">
<title>Surety</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="preload" href="/fonts/public-sans-latin.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${paths.stylePath}">
<script type="module" src="${paths.scriptPath}" data-worker="${paths.workerPath}"></script>
</head>
<body>
<div id="app"></div>
<noscript>Surety signs and verifies in your browser, so this page needs JavaScript. The command line does the same: <code>surety ask "…"</code>.</noscript>
</body>
</html>
`;
