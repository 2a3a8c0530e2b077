/** Something a person should know before confirming a reading; never a reason to refuse. */
export type Warning = {
  /** Stable name, e.g. `host.mixed-scripts`. */
  readonly code: WarningCode;
  /** One whole sentence. */
  readonly message: string;
};

export const WARNING_CODES = [
  'text.invisible-removed',
  'text.direction-removed',
  'text.control-removed',
  'text.words-ignored',
  'host.defanged',
  'host.from-email',
  'host.compatibility-characters',
  'host.international',
  'host.mixed-scripts',
  'host.imitates',
  'host.letter-case',
  'host.unknown-suffix',
  'host.ip-address',
  'host.unusual-ip',
  'host.trailing-dot',
  'url.userinfo',
  'url.percent-encoding',
  'url.port',
  'url.fragment-dropped',
  'url.page-named',
  'address.no-checksum',
  'chain.assumed',
  'subject.only',
  'date.assumed',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

export const warn = (code: WarningCode, message: string): Warning => ({ code, message });
