/** Reading questions on this machine, so that nobody signs a reading that only a node has made. */
export {
  chainName,
  type ParseOptions,
  parseQuestion,
  plainWords,
  type Reading as LocalReading,
  subjectWords,
  toUnicodeHost,
  utc,
  type Warning,
} from '@surety/intent';
