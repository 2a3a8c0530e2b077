/** Makes an analyst of a pure function, so that the asynchronous and the re-run path cannot differ. */

import type { Subject } from '@surety/core';
import { sha256Hex, utf8 } from '@surety/core';
import type { NameAnalyst, Reading } from './analyst.ts';
import { abstain } from './analyst.ts';

export type NameAnalystParts = {
  readonly id: string;
  readonly view: string;
  readonly family: string;
  readonly trainedOn: readonly string[];
  readonly reads: readonly Subject['kind'][];
  readonly answers?: readonly string[];
  /** Raised by whoever changes what the code answers; `vectors/analysts.json` catches a forgotten raise. */
  readonly codeVersion: number;
  /** The bytes beside the code that decide the answer: weights or tables. */
  readonly artefact: () => string;
  readonly readSubject: (subject: Subject, program: string) => Reading;
};

const KIND_NAMES: Readonly<Record<Subject['kind'], string>> = {
  site: 'sites',
  token: 'tokens',
  address: 'addresses',
  contract: 'contracts',
  message: 'messages',
  delivery: 'deliveries',
  forecast: 'forecasts',
};

/** The analyst; its program id is hashed at the first reading and kept. */
export const nameAnalyst = (parts: NameAnalystParts): NameAnalyst => {
  let program: string | null = null;
  const programId = (): string => {
    program ??= `surety/${parts.id}@${sha256Hex(utf8(`${parts.id}\n${parts.codeVersion}\n${parts.artefact()}`))}`;
    return program;
  };
  const readSync = (subject: Subject): Reading => {
    if (!parts.reads.includes(subject.kind)) {
      return abstain(programId(), `It does not read ${KIND_NAMES[subject.kind]}.`, [
        'anything: this kind of subject is not its trade',
      ]);
    }
    return parts.readSubject(subject, programId());
  };
  return {
    id: parts.id,
    view: parts.view,
    family: parts.family,
    needs: ['name'],
    trainedOn: parts.trainedOn,
    reads: parts.reads,
    ...(parts.answers === undefined ? {} : { answers: parts.answers }),
    readSync,
    read: async (subject) => readSync(subject),
  };
};
