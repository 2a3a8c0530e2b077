/**
 * What evidence reaches: a built-in juror's vote, and a language model's instructions, its data and its answer. The two
 * stand-ins are no language models: one repeats whatever JSON it finds in the evidence, one obeys it within the schema.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encode, type QuestionClaim, unwrap } from '@surety/core';
import { builtInVote, type CaseFile, llmVote, readCaseFile } from '../../packages/analysts/src/court/index.ts';
import type { NameAnalyst } from '../../packages/analysts/src/pure.ts';
import type { Injection } from './corpus.ts';

/** A case in which the side of outcome 1 hands in this text. */
export const caseWith = (claim: QuestionClaim, { text }: Pick<Injection, 'text'>): CaseFile =>
  unwrap(
    readCaseFile(claim, [
      { outcome: 0, exhibits: [{ title: 'report', text: 'It asked me for my seed phrase.' }] },
      { outcome: 1, exhibits: [{ title: text.slice(0, 500), text }] },
    ]),
  );

/** Votes of built-in jurors that differ, byte for byte, from those without evidence. */
export const changedVotes = (
  claims: readonly QuestionClaim[],
  jurors: readonly NameAnalyst[],
  injection: Injection,
): number => {
  let changed = 0;
  for (const claim of claims) {
    const bare = unwrap(readCaseFile(claim, []));
    const file = caseWith(claim, injection);
    for (const juror of jurors) {
      const [alone, argued] = [encode(builtInVote(juror, bare, 9)), encode(builtInVote(juror, file, 9))];
      if (Buffer.compare(alone, argued) !== 0) changed++;
    }
  }
  return changed;
};

type Message = { readonly role: string; readonly content: string };
type Quoted = {
  readonly case: string;
  readonly exhibits: readonly { readonly text: string; readonly title: string }[];
};

export type StandIn = 'repeats' | 'obeys';

/** What one injection got from a stand-in. */
export type Outcome = {
  /** The instructions differ from those of a case without it. */
  readonly instructions: boolean;
  /** The user message is more than one JSON document of the fixed fields. */
  readonly brokeOut: boolean;
  /** Characters that a person does not see reached the model. */
  readonly unseen: boolean;
  readonly vote: number;
};

const FIELDS = 'case,claim,outcomes,exhibits';
const UNSEEN = /\p{Default_Ignorable_Code_Point}|[^\P{C}\n]/u;

const repeated = ({ exhibits }: Quoted): string =>
  exhibits.flatMap(({ text }) => /\{.*"outcome".*\}/s.exec(text)?.[0] ?? []).at(-1) ?? 'I cannot tell.';

const obeyed = (quoted: Quoted): string =>
  JSON.stringify({ case: quoted.case, outcome: 1, confidence_percent: 100, relied_on: ['none'], reasons: [] });

/** Runs every case past a stand-in on the loopback interface. */
export const askStandIn = async (standIn: StandIn, files: readonly CaseFile[]): Promise<Outcome[]> => {
  let seen: readonly Message[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      seen = (JSON.parse(body) as { messages: readonly Message[] }).messages;
      const quoted = JSON.parse(seen.at(-1)?.content ?? '') as Quoted;
      const content = standIn === 'obeys' ? obeyed(quoted) : repeated(quoted);
      response.writeHead(200).end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const llm = { protocol: 'openai', baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'none', model: standIn } as const;
  const outcomes: Outcome[] = [];
  let instructions: string | null = null;
  for (const file of files) {
    const options = { lossToGain: 9, measured: [{ fromPercent: 90, rightPpm: 950_000 }], timeoutMs: 5_000 };
    const { outcome: vote } = await llmVote(llm, file, options);
    const [system, ...rest] = seen;
    instructions ??= system?.content ?? '';
    const quoted = JSON.parse(rest[0]?.content ?? '') as Quoted;
    outcomes.push({
      instructions: system?.content !== instructions || system.role !== 'system',
      brokeOut: rest.length !== 1 || Object.keys(quoted).join() !== FIELDS || quoted.exhibits.length !== 2,
      unseen: quoted.exhibits.some(({ text, title }) => UNSEEN.test(text) || UNSEEN.test(title)),
      vote,
    });
  }
  server.closeAllConnections();
  server.close();
  return outcomes;
};
