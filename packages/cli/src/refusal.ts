/** A usage error as data that {@link main} turns into words, without loading anything at the start. */

/** Thrown for a command line that is not one of ours; always exit status 2. */
export class UsageError extends Error {
  readonly next: string;
  readonly field: string;

  constructor(message: string, next: string, field = 'command line') {
    super(message);
    this.name = 'UsageError';
    this.next = next;
    this.field = field;
  }
}
