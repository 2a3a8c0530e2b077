/** A verification for people: the verdict, what the receipt says, and the four links with what each does not prove. */
import { type Finding, LINKS, type Link, type Verification } from '@surety/sdk/verify';
import { percent } from './terminal/chart.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';
import { cut, wrap } from './terminal/table.ts';

const QUESTION: { readonly [link in Link]: string } = {
  intent: 'was the question understood and agreed to?',
  input: 'is what was read really of this subject?',
  program: 'did these programs say this?',
  output: 'does the answer follow, and is it right?',
};
/** Lines of each list before `--all`. */
const SHORT = 3;

const VERDICTS: { readonly [verdict in Verification['verdict']]: string } = {
  trusted: 'Intact, and issued by keys you trust. Whether the answer is right: see "output".',
  malformed: 'Not a receipt, or changed so that it no longer reads.',
  refuted: 'Broken: something in it contradicts its own signatures, proofs or evidence.',
  'self-signed': 'Self-signed, not trusted: no key that you trust issued it.',
  'foreign-network': 'Of another network than those you trust.',
  development: 'Of a development network, which your trust file does not allow.',
  unlogged: 'Intact, but not in a log that you trust.',
  replaced: 'Intact, but a later ruling replaced it.',
};

/** One word for a link: never more than its weakest needed finding allows. */
export const linkState = (findings: readonly Finding[]): 'refuted' | 'shown' | 'partly shown' | 'not shown' => {
  if (findings.some((finding) => finding.holds === 'refuted')) return 'refuted';
  const shown = findings.filter((finding) => finding.holds === 'shown').length;
  if (shown === 0) return 'not shown';
  return shown === findings.length ? 'shown' : 'partly shown';
};

type Subject = NonNullable<Verification['statement']>['predicate']['claim']['subject'];

const ADDRESS = /0x[0-9a-fA-F]{40}/g;
const DIGEST = /\b[0-9a-f]{64}\b/g;

/** Addresses and digests cut to what tells them apart; `--all` and `--json` have them whole. */
export const abbreviate = (text: string): string =>
  text
    .replace(ADDRESS, (each) => `${each.slice(0, 6)}…${each.slice(-4)}`)
    .replace(DIGEST, (each) => `${each.slice(0, 8)}…`);

/** What a claim is about, in one line. */
export const subjectLine = (claim: { readonly subject: Subject }): string => {
  const { subject } = claim;
  switch (subject.kind) {
    case 'site':
      return subject.host;
    case 'token':
      return `${subject.symbol ?? subject.name ?? 'token'} at ${subject.address} on chain ${subject.chainId}`;
    case 'address':
    case 'contract':
      return `${subject.address} on chain ${subject.chainId}`;
    case 'message':
      return `message: ${subject.text}`;
    case 'delivery':
      return `delivery: ${subject.summary}`;
    case 'forecast':
      return subject.statement;
  }
};

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)];

const printList = (out: Output, title: string, lines: readonly string[], all: boolean): void => {
  const shown = all ? lines : lines.slice(0, SHORT);
  const label = title.padEnd(16);
  const text = all ? safe : (line: string) => abbreviate(safe(line));
  for (const [i, line] of shown.entries()) {
    out.line(`    ${out.style.dim(i === 0 ? label : ' '.repeat(16))}${wrap(text(line), out.width, ' '.repeat(20))}`);
  }
  if (shown.length < lines.length)
    out.line(out.style.dim(`${' '.repeat(20)}and ${lines.length - shown.length} more: --all`));
  if (lines.length === 0) out.line(`    ${out.style.dim(`${label}nothing`)}`);
};

const printParts = (out: Output, findings: readonly Finding[], all: boolean): void => {
  printList(
    out,
    'proves',
    unique(findings.flatMap((f) => f.proves.map(({ property, of }) => `${property} of ${of}`))),
    all,
  );
  printList(out, 'assumes', unique(findings.flatMap((f) => f.assumes)), all);
  printList(out, 'does not prove', unique(findings.flatMap((f) => f.doesNotProve)), all);
};

const printLink = (out: Output, link: Link, findings: readonly Finding[], all: boolean): void => {
  const { bold, green, red, yellow, dim } = out.style;
  const state = linkState(findings);
  const paint = state === 'refuted' ? red : state === 'shown' ? green : yellow;
  const mark = state === 'refuted' ? '✘' : state === 'shown' ? '✔' : '○';
  out.line(`${paint(mark)} ${bold(link)}: ${paint(state)} ${dim(`— ${QUESTION[link]}`)}`);
  // What is refuted comes first: it is what the reader must not miss.
  const ordered = [...findings].sort((a, b) => Number(b.holds === 'refuted') - Number(a.holds === 'refuted'));
  if (all) {
    for (const finding of ordered) {
      out.line(
        `    ${finding.holds === 'refuted' ? red('refuted') : finding.holds.replace('-', ' ')}: ${wrap(safe(finding.summary), out.width, '    ')}`,
      );
      printParts(out, [finding], true);
    }
  } else {
    for (const { holds, summary } of ordered.slice(0, SHORT)) {
      out.line(
        `    ${wrap(holds === 'refuted' ? red(abbreviate(safe(summary))) : abbreviate(safe(summary)), out.width, '    ')}`,
      );
    }
    if (ordered.length > SHORT) out.line(dim(`    and ${ordered.length - SHORT} more findings: --all`));
    printParts(out, ordered, false);
  }
  out.line();
};

const printStatement = (out: Output, { statement, receiptId }: Verification): void => {
  if (statement === null) return;
  const { predicate } = statement;
  const { claim, outcome, status } = predicate;
  const index = outcome === null ? -1 : claim.outcomes.indexOf(outcome);
  const chance = index < 0 ? '' : `, ${percent(predicate.probabilitiesPpm[index] ?? 0)}`;
  out.line(`  ${out.style.dim('receipt ')} ${receiptId}`);
  out.line(`  ${out.style.dim('subject ')} ${cut(safe(subjectLine(claim)), out.width - 12)}`);
  out.line(`  ${out.style.dim('it says ')} ${out.style.bold(safe(outcome ?? 'undecided'))}${chance}, ${status}`);
};

/** Prints a whole verification. */
export const printVerification = (
  out: Output,
  verification: Verification,
  { all }: { readonly all: boolean },
): void => {
  const { green, red, yellow, bold } = out.style;
  const { verdict, problems, changed, links, sayings } = verification;
  const good = verdict === 'trusted';
  const paint = good ? green : verdict === 'refuted' || verdict === 'malformed' ? red : yellow;
  out.line(`${paint(`${good ? '✔' : '✘'} ${bold(verdict)}`)}  ${VERDICTS[verdict]}`);
  for (const path of changed) out.line(`  ${red('changed')}  ${safe(path)}`);
  printStatement(out, verification);
  const said = verification.statement === null ? [] : all ? sayings : sayings.slice(0, 4).map(abbreviate);
  for (const saying of said) out.line(`  ${yellow('!')} ${wrap(safe(saying), out.width, '    ')}`);
  out.line();
  if (verification.statement !== null) for (const link of LINKS) printLink(out, link, links[link], all);
  for (const { message, next, code } of problems.slice(0, all ? problems.length : 3)) {
    out.line(`${paint('✘')} ${wrap(safe(message), out.width, '  ')}\n  ${out.style.dim(`${safe(next)} (${code})`)}`);
  }
};
