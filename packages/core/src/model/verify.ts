/**
 * Checking a publication offline (spec 13.7): whose key it was, where it is logged, and whether a program is the one that
 * it committed to. Findings never say more than that.
 */
import type { Problem } from '../errors.ts';
import type { Finding } from '../finding.ts';
import type { Trust } from '../trust.ts';
import { SAME_TREE } from '../verify/checks/witnesses.ts';
import { placeLeaf } from '../verify/place.ts';
import type { Publication } from './publication.ts';
import { hiddenIdOf, modelLeafBytes, modelLeafOf } from './record.ts';
import { checkSignedPublish } from './signed.ts';

export type PublicationCheckName = 'publisher' | 'log' | 'witnesses' | 'program' | 'reveal';

export type PublicationCheck = Omit<Finding, 'link' | 'source'> & {
  readonly name: PublicationCheckName;
  readonly problem: Problem | null;
};

export type PublicationVerification = {
  readonly publicationId: string;
  /**
   * `equal`: pinned and the program is the committed one. `not-shown`: nothing is wrong, and something is missing.
   * `broken`: something was changed, or the program is another.
   */
  readonly verdict: 'equal' | 'not-shown' | 'broken';
  readonly exitCode: 0 | 1 | 3;
  readonly checks: readonly PublicationCheck[];
};

export type PublicationOptions = {
  readonly trust: Trust;
  /** Id of the program at hand, recomputed from its bytes by whoever asks; `null` for none. */
  readonly program: string | null;
  /** The publisher's own salt, hex, before it is revealed. */
  readonly salt?: string;
};

type Parts = Pick<PublicationCheck, 'holds' | 'summary' | 'doesNotProve'> & Partial<PublicationCheck>;

const check = (name: PublicationCheckName, parts: Parts): PublicationCheck => ({
  proves: [],
  assumes: [],
  freshAt: null,
  problem: null,
  ...parts,
  name,
});

const broken = (name: PublicationCheckName, problem: Problem): PublicationCheck =>
  check(name, { holds: 'refuted', summary: problem.message, doesNotProve: ['who changed it, or when'], problem });

const checkPublisher = ({ record, signed }: Publication, trust: Trust): PublicationCheck => {
  const named = signed.action as { readonly chainId?: unknown; readonly operator?: unknown } | null;
  const network = trust.networks.find(
    ({ chainId, operator }) => chainId === named?.chainId && operator === named.operator,
  );
  if (network === undefined) {
    return check('publisher', {
      holds: 'not-shown',
      summary: 'The network that the publisher signed for is not pinned in your trust file.',
      doesNotProve: [`that ${record.publisher} published anything`],
      problem: {
        code: 'receipt.foreign-network',
        message: 'The network of the publication is not pinned.',
        next: 'Get the trust file of its node from a place you believe.',
        field: 'signed.action.chainId',
      },
    });
  }
  const signing = checkSignedPublish(record, signed, network);
  if (!signing.ok) return broken('publisher', signing.problem);
  return check('publisher', {
    holds: 'shown',
    summary: `A key for which ${record.publisher} spoke signed ${record.name} with this commitment.`,
    proves: [{ property: 'authenticity', of: `the commitment, by the wallet ${record.publisher}` }],
    assumes: ['the wallet and the session key were in the hands of their owner'],
    doesNotProve: ['who is behind the address, or who made the model', 'that the model is good'],
    freshAt: record.publishedAt,
  });
};

const NO_HOUR = 'the hour: it is the operator’s word unless a witness or a chain dates the checkpoint';

const checkLog = (publication: Publication, trust: Trust): readonly PublicationCheck[] => {
  const { record, log } = publication;
  const program = record.commitment.kind === 'open' ? record.commitment.program : null;
  const leaf = modelLeafOf(record, { event: 'published', program, at: record.publishedAt });
  const placed = placeLeaf(modelLeafBytes(leaf), log, trust);
  if (!placed.ok) return [broken('log', placed.problem)];
  const { origin, size, witnesses } = placed.value;
  if (witnesses === null) {
    const message = `The log ${origin} is not pinned in your trust file.`;
    return [
      check('log', {
        holds: 'not-shown',
        summary: `${message} The inclusion proof leads to the checkpoint, but nobody you know signed that.`,
        assumes: ['the checkpoint is of the log you mean', SAME_TREE],
        doesNotProve: ['that the publication is in any log'],
        problem: {
          code: 'receipt.unknown-log',
          message,
          next: 'Get the trust file of its node from a place you believe.',
          field: 'log.checkpoint',
          value: origin,
        },
      }),
    ];
  }
  const logged = check('log', {
    holds: 'shown',
    summary: `Entry ${log.index} of the log ${origin} at size ${size}.`,
    proves: [
      { property: 'inclusion', of: `the publication in the tree that the log ${origin} signed at size ${size}` },
    ],
    assumes: witnesses.holds === 'shown' ? [] : [SAME_TREE],
    doesNotProve: [NO_HOUR],
  });
  return [logged, { ...witnesses, name: 'witnesses' }];
};

const checkReveal = ({ record, reveal, overdue }: Publication, trust: Trust): readonly PublicationCheck[] => {
  if (record.commitment.kind === 'open') return [];
  const turns = [
    ...(overdue === null ? [] : [{ event: 'overdue' as const, program: null, ...overdue }]),
    ...(reveal === null
      ? []
      : [{ event: 'revealed' as const, program: reveal.program, at: reveal.at, log: reveal.log }]),
  ];
  for (const { log, ...turn } of turns) {
    const placed = placeLeaf(modelLeafBytes(modelLeafOf(record, turn)), log, trust);
    if (!placed.ok) return [broken('reveal', placed.problem)];
  }
  if (reveal === null) {
    const due = new Date((record.revealBy ?? 0) * 1_000).toISOString();
    return [
      check('reveal', {
        holds: 'not-shown',
        summary:
          overdue === null
            ? `Not revealed when this was fetched; due by ${due}. Fetch it again to see what became of it.`
            : `Was to be revealed by ${due}, and was not when this was fetched: the bond is burnt.`,
        doesNotProve: ['that it hides a program at all'],
      }),
    ];
  }
  if (hiddenIdOf(reveal.salt, reveal.program) !== record.commitment.hidden) {
    return [
      broken('reveal', {
        code: 'publication.not-equal',
        message: 'The revealed salt and program do not make the hidden commitment.',
        next: 'Get the publication again: no node accepts such a reveal.',
        field: 'reveal',
        value: reveal.program,
        limit: record.commitment.hidden,
      }),
    ];
  }
  const late = record.revealBy !== null && reveal.at > record.revealBy;
  return [
    check('reveal', {
      holds: 'shown',
      summary: `Program ${reveal.program.slice(0, 12)}… was revealed${late ? ' late' : ''}; salt and program make the hidden commitment.`,
      proves: [{ property: 'integrity', of: 'the revealed program: it is the one committed to before' }],
      assumes: ['SHA-256 is collision resistant'],
      doesNotProve: [NO_HOUR],
      freshAt: reveal.at,
    }),
  ];
};

/** The program that the publication commits to, where that is public or the salt is at hand. */
const checkProgram = ({ record, reveal }: Publication, { program, salt }: PublicationOptions): PublicationCheck => {
  const { commitment } = record;
  const notShown = (summary: string): PublicationCheck =>
    check('program', {
      holds: 'not-shown',
      summary,
      doesNotProve: ['that any program is the committed one: not shown equal'],
    });
  if (program === null) return notShown('No program file was given, so none was compared.');
  const known = salt ?? reveal?.salt;
  if (commitment.kind === 'hidden' && known === undefined)
    return notShown('The commitment is hidden and its salt is not revealed: the program is not shown equal.');
  const committed = commitment.kind === 'open' ? commitment.program : commitment.hidden;
  const found = commitment.kind === 'open' ? program : hiddenIdOf(known!, program);
  if (found !== committed) {
    return broken('program', {
      code: 'publication.not-equal',
      message: `The program at hand is ${program}, which is not the one committed to.`,
      next:
        commitment.kind === 'open'
          ? 'Check which file this is.'
          : 'Check file and salt: both must be those of the publication.',
      field: 'program',
      value: found,
      limit: committed,
    });
  }
  return check('program', {
    holds: 'shown',
    summary: `The program at hand, ${program.slice(0, 12)}…, is the one committed to.`,
    proves: [{ property: 'integrity', of: 'the program: every byte of it is what was committed to' }],
    assumes: ['SHA-256 is collision resistant'],
    doesNotProve: ['that the model is good', 'that it is the one that answers elsewhere', 'who made it'],
  });
};

/** Every check of a publication against pinned trust and, where one is given, a program. Pure. */
export const verifyPublication = (publication: Publication, options: PublicationOptions): PublicationVerification => {
  const { trust } = options;
  const checks = [
    checkPublisher(publication, trust),
    ...checkLog(publication, trust),
    ...checkReveal(publication, trust),
    checkProgram(publication, options),
  ];
  const has = (name: PublicationCheckName): boolean =>
    checks.some((each) => each.name === name && each.holds === 'shown');
  const verdict = checks.some(({ holds }) => holds === 'refuted')
    ? 'broken'
    : has('publisher') && has('log') && has('program') && checks.every(({ problem }) => problem === null)
      ? 'equal'
      : 'not-shown';
  const exitCode = verdict === 'equal' ? 0 : verdict === 'broken' ? 1 : 3;
  return { publicationId: publication.publicationId, verdict, exitCode, checks };
};
