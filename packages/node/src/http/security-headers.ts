/** Headers that every response carries, and the content policies of the two kinds of page. */

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  // Workers of a page share memory only where both of these are sent, with the page and with their scripts.
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

const policy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ');

/** The page: its own files only, no inline script. */
export const PAGE_POLICY = policy({
  'default-src': "'none'",
  // Proofs run WebAssembly that the page's own scripts carry.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
});

/** A receipt page: self-contained, so inline, but in an origin of its own and without any network. */
export const RECEIPT_POLICY = policy({
  sandbox: 'allow-scripts allow-downloads',
  'default-src': "'none'",
  'script-src': "'unsafe-inline'",
  'style-src': "'unsafe-inline'",
  'img-src': 'data:',
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
});

/** Everything that is not a page. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
