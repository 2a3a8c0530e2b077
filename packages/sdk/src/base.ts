/** What every program around a node needs and nothing heavy: refusals as data, their table, money in words. */
export type { Finding, Problem, Receipt, Result } from '@surety/core';
export {
  adapterIdIn,
  ERRORS,
  type ErrorCode,
  formatCents,
  formatDollars,
  ok,
  parseDollars,
  refuse,
  SuretyError,
  show,
  unwrap,
} from '@surety/core';
