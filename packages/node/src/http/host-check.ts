/**
 * Against DNS rebinding and foreign pages: a node on loopback answers only to loopback names, and a browser page may
 * call it only from an allowed origin. Requests without an Origin header do not come from a page.
 */
import { type Problem, show } from '@surety/core';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export const isLoopback = (hostname: string): boolean => LOOPBACK.has(hostname) || hostname === '::1';

const withoutPort = (host: string): string => host.toLowerCase().replace(/:[0-9]{1,5}$/, '');

export type HostCheckOptions = {
  /** Address the server listens on. */
  readonly hostname: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
};

/** The check of one request's Host and Origin headers. */
export const createHostCheck = (options: HostCheckOptions) => {
  const local = isLoopback(options.hostname);
  const hosts = new Set(options.allowedHosts.map((host) => host.toLowerCase()));
  const origins = new Set(options.allowedOrigins);
  const hostAllowed = (host: string): boolean =>
    hosts.has('*') || hosts.has(host) || LOOPBACK.has(host) || (!local && hosts.size === 0);

  /** Whether a page of this origin may read answers. */
  const originAllowed = (origin: string, host: string): boolean => {
    if (origins.has('*') || origins.has(origin)) return true;
    if (!URL.canParse(origin)) return false;
    const parsed = new URL(origin);
    return parsed.host === host.toLowerCase() || (local && LOOPBACK.has(parsed.hostname));
  };

  const check = (host: string | undefined, origin: string | undefined): Problem | undefined => {
    if (host === undefined || !hostAllowed(withoutPort(host))) {
      return {
        code: 'http.forbidden-host',
        message: `The Host header is '${show(host ?? '')}', which is not a name of this node.`,
        next: 'Call the node by 127.0.0.1 or localhost, or have its operator allow this name.',
        field: 'host',
        value: show(host ?? ''),
      };
    }
    if (origin === undefined || originAllowed(origin, host)) return undefined;
    return {
      code: 'http.forbidden-origin',
      message: `A page from ${show(origin)} may not call this node.`,
      next: 'Use the page that the node serves, or have its operator allow this origin.',
      field: 'origin',
      value: show(origin),
    };
  };
  return { check, originAllowed };
};
