/** Court record: these seats voted so, and by the court's rules that is the ruling. Output link (spec 21). */
import { fromHex } from '../bytes.ts';
import type { Claim } from '../claim.ts';
import { claimIdOf } from '../claim-shape.ts';
import { unwrap } from '../errors.ts';
import type { CourtRecord, CourtRound, CourtSeat } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { readIssuerKey } from '../persons/issuer-key.ts';
import { isToken, personChallenge } from '../persons/token.ts';
import type { Network } from '../receipt.ts';
import { OUTCOME, pluralityOf } from '../votes.ts';
import type { EvidenceContext } from './context.ts';
import { findingOf } from './finding-of.ts';

const SPECIAL: Readonly<Record<number, string>> = {
  [OUTCOME.undecidable]: 'undecidable',
  [OUTCOME.tooEarly]: 'too early',
  [OUTCOME.invalid]: 'invalid',
};

/** An outcome of the court in words, or `null` where the claim has none of that number. */
const outcomeWords = ({ outcomes }: Claim, outcome: number): string | null =>
  SPECIAL[outcome] ?? (outcomes[outcome] === undefined ? null : `“${outcomes[outcome]}”`);

/** Outcomes that were voted for in a round. */
export const castIn = ({ seats }: CourtRound): readonly number[] =>
  seats.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));

/** What is wrong with the tokens of a round, if anything is: where persons are drawn each seat has one, made for its account. */
const brokenTokens = ({ jurors, persons, seats }: CourtRound, network: Network): string | null => {
  if (persons === undefined)
    return seats.some(({ token }) => token !== undefined) ? 'A seat has a token of no issuer.' : null;
  if (jurors === 'ai') return 'AI jurors are said to be persons.';
  const bytes = (text: string): Uint8Array => unwrap(fromHex(text));
  const key = readIssuerKey(bytes(persons.tokenKey));
  if (!key.ok) return 'Tokens of persons are of a key that no issuer has.';
  const { chainId, operator: court } = network;
  const good = seats.every(({ juror: account, token }) => {
    const challenge = personChallenge({ issuer: persons.issuer, chainId, court, account });
    return token !== undefined && isToken(bytes(token), challenge, key.value);
  });
  return good
    ? null
    : 'A juror who was drawn as a person has no token that its issuer made for this account and court.';
};

const has = (values: readonly (string | null)[], what: string): string | null =>
  new Set(values).size === values.length ? null : what;

const brokenSeats = ({ jurors, seats }: CourtRound): string | null => {
  const human = ({ operator, family }: CourtSeat): boolean => operator === null && family === null;
  if (jurors === 'people') return seats.every(human) ? null : 'A person is said to have an operator or a model.';
  if (seats.some(({ operator, family }) => operator === null || family === null))
    return 'An AI juror has no operator or no family.';
  return has(
    seats.map(({ family }) => family),
    'Two seats of one panel belong to one family of models.',
  );
};

const brokenRound = (claim: Claim, round: CourtRound, network: Network): string | null => {
  const said = [...castIn(round), ...(round.ruling === null ? [] : [round.ruling])];
  if (said.some((outcome) => outcomeWords(claim, outcome) === null))
    return 'A vote is for an outcome that the claim does not have.';
  if (round.beacon === null && round.seats.length > 0) return 'A panel sat that no beacon drew.';
  if (pluralityOf(castIn(round), round.quorum) !== round.ruling) return 'The votes do not lead to the stated ruling.';
  return brokenSeats(round) ?? brokenTokens(round, network);
};

const broken = (claim: Claim, record: CourtRecord, network: Network): string | null => {
  const { caseId, proposed, rounds } = record;
  if (caseId !== claimIdOf(claim)) return 'The record is of the case of another claim.';
  if (outcomeWords(claim, proposed) === null) return 'An outcome was proposed that the claim does not have.';
  const people = rounds.findIndex(({ jurors }) => jurors === 'people');
  if (people >= 0 && rounds.slice(people).some(({ jurors }) => jurors === 'ai')) return 'AI jurors came after people.';
  const twice = has(
    rounds.flatMap(({ seats }) => seats.map(({ juror }) => juror)),
    'A juror sat twice.',
  );
  return twice ?? rounds.map((round) => brokenRound(claim, round, network)).find((what) => what !== null) ?? null;
};

const who = ({ jurors, seats, persons }: CourtRound): string => {
  if (jurors === 'people')
    return `${seats.length} people${persons === undefined ? '' : `, one ticket for each that ${persons.issuer} knows`}`;
  const operators = new Set(seats.map(({ operator }) => operator));
  return `${seats.length} AI jurors${operators.size === 1 ? ' of one operator' : ` of ${operators.size} operators`}`;
};

const roundWords = (claim: Claim, round: CourtRound, i: number): string => {
  const votes = castIn(round);
  const ruled =
    round.ruling === null
      ? `no ruling (${votes.length} votes, ${round.quorum} needed)`
      : `${outcomeWords(claim, round.ruling)}, ${votes.filter((vote) => vote === round.ruling).length} of ${votes.length} votes`;
  return `round ${i + 1}, ${who(round)}: ${ruled}`;
};

/** Panels of persons, and what this verifier makes of who says that they are. */
const personsIn = ({ rounds }: CourtRecord, { personIssuers = [] }: EvidenceContext) => {
  const issuers = new Map(
    rounds.flatMap(({ persons }) =>
      persons === undefined ? [] : [[`${persons.issuer} ${persons.tokenKey}`, persons]],
    ),
  );
  const known = [...issuers.values()].map(({ issuer, tokenKey }) => ({
    issuer,
    trusted: personIssuers.find(({ name, tokenKey: key }) => name === issuer && key === tokenKey)?.environment,
  }));
  const believed = known.filter(({ trusted }) => trusted === 'production').map(({ issuer }) => issuer);
  const not = known.filter(({ trusted }) => trusted !== 'production');
  return {
    proves: believed.map((issuer) => ({
      property: 'uniqueness-of-person' as const,
      of: `the jurors of each panel that was drawn by tokens of ${issuer}`,
    })),
    assumes: believed.map((issuer) => `${issuer} gave one token to each person, and to persons only`),
    doesNotProve: not.map(({ issuer, trusted }) =>
      trusted === 'development'
        ? `that its people are several: ${issuer} is for development, and gives a token to whoever asks`
        : `that its people are several: their tokens are of ${issuer}, whom you do not trust`,
    ),
  };
};

const fallback = ({ rounds }: CourtRecord): boolean => rounds.some(({ beacon }) => beacon?.source === 'chain');

export const verifyCourtRecord = (claim: Claim, evidence: CourtRecord, context: EvidenceContext): Finding => {
  const doesNotProve = [
    'that the ruling is right',
    'that no vote was bought: a vote can be shown to a buyer once votes are open',
    'that the reasons behind the votes are good',
  ] as const;
  const what = broken(claim, evidence, context.network);
  if (what !== null) return findingOf('output', evidence, { holds: 'refuted', summary: what, doesNotProve });
  const persons = personsIn(evidence, context);
  const rounds = evidence.rounds.map((round, i) => roundWords(claim, round, i)).join('; ');
  return findingOf('output', evidence, {
    holds: 'not-shown',
    summary: `The court's record: ${rounds}. Proposed was ${outcomeWords(claim, evidence.proposed)}.`,
    proves: [
      { property: 'agreement', of: 'the rulings with the recorded votes, under the rules of the court' },
      ...persons.proves,
    ],
    assumes: [
      'the operator recorded the votes as they were cast, and drew the panels by their beacons',
      ...(fallback(evidence) ? ['whoever made the block that drew a panel did not choose it for that'] : []),
      ...persons.assumes,
    ],
    doesNotProve: [...doesNotProve, ...persons.doesNotProve],
  });
};
