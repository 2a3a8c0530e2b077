/** A handler's time is bounded, and it learns when its client has gone. */
import type { ServerResponse } from 'node:http';
import { SuretyError } from '@surety/core';

const late = (milliseconds: number): SuretyError =>
  new SuretyError({
    code: 'service.unavailable',
    message: `The node did not finish within ${milliseconds / 1000} s.`,
    next: 'Send the same request with the same Idempotency-Key again: nothing is done twice.',
    limit: `${milliseconds} ms`,
  });

/**
 * Runs `work` with a signal that aborts when the time is up or the client closes the connection.
 * @throws {SuretyError} `service.unavailable` when the time is up; work goes on until it notices
 */
export const withDeadline = async <T>(
  milliseconds: number,
  outgoing: ServerResponse,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController();
  const onClose = (): void => controller.abort();
  outgoing.on('close', onClose);
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(late(milliseconds));
    }, milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), expired]);
  } finally {
    clearTimeout(timer);
    outgoing.off('close', onClose);
  }
};
