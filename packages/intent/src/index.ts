/** Intent: words → a claim, shown back in plain words; or a refusal that says why. Start at `parse.ts`. */
export { type Address, normaliseAddress } from './address.ts';
export { chainIdOf, chainName } from './chains.ts';
export { checkClaim, checkSubject } from './check-claim.ts';
export { type ClaimTerms, claimFromReading } from './claim-from-reading.ts';
export { skeleton } from './confusables.ts';
export { deadlineOf } from './date.ts';
export { type Host, normaliseHost } from './host.ts';
export { type Interpreter, type InterpretOptions, interpretQuestion } from './interpret.ts';
export { LIMITS } from './limits.ts';
export { type ParseOptions, parseQuestion } from './parse.ts';
export { plainWords, questionWords, readingWords, subjectWords, utc } from './plain-words.ts';
export { toUnicodeHost } from './punycode.ts';
export {
  type ClaimDraft,
  DEFAULT_RULE,
  type Defaults,
  PREDICATES,
  PREDICATES_OF,
  type Predicate,
  type Reading,
  type SubjectKind,
} from './reading.ts';
export { SCREENING_POLICY, type ScreeningVerdict, screen, screenQuestion } from './screening.ts';
export { isSuspiciousMix, scriptsOf } from './scripts.ts';
export { normaliseSite, refang, type Site } from './site.ts';
export { type CleanText, cleanText } from './text.ts';
export { WARNING_CODES, type Warning, type WarningCode } from './warning.ts';
