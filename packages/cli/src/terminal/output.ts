/** Where a command writes: people's text or one JSON document on stdout, remarks on stderr. */
import { createStyle, type Style, wantsColor } from './style.ts';

export type Output = {
  /** One JSON document on stdout and nothing else. */
  readonly json: boolean;
  /** Remarks for people are dropped. */
  readonly quiet: boolean;
  readonly style: Style;
  readonly width: number;
  /** Whether a person watches stdout. */
  readonly live: boolean;
  /** A line for people on stdout; dropped under `--json`. */
  readonly line: (text?: string) => void;
  /** A remark on stderr. */
  readonly note: (text: string) => void;
  /** Replaces the last live line; only on a terminal. */
  readonly update: (text: string) => void;
  /** Ends a live line. */
  readonly done: () => void;
  /** How far long work is, on stderr while a person watches it; `null` wipes it. */
  readonly progress: (text: string | null) => void;
  /** The result for programs; printed only under `--json`. */
  readonly data: (value: unknown) => void;
};

export type Streams = {
  readonly stdout: { write: (text: string) => unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: { write: (text: string) => unknown; readonly isTTY?: boolean };
};

const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each), 2);

export const createOutput = (
  streams: Streams,
  options: {
    readonly json: boolean;
    readonly quiet: boolean;
    readonly color: boolean;
    readonly env: NodeJS.ProcessEnv;
  },
): Output => {
  const { json, quiet, env } = options;
  const tty = streams.stdout.isTTY === true;
  let pending = false;
  let working = false;
  const wipe = (): void => {
    if (working) streams.stderr.write('\r\u001b[2K');
    working = false;
  };
  return {
    json,
    quiet,
    live: tty && !json && !quiet,
    width: Math.max(40, Math.min(streams.stdout.columns || 100, 120)),
    style: createStyle(options.color && !json && wantsColor(env, tty)),
    line: (text = '') => {
      if (!json) streams.stdout.write(`${text}\n`);
    },
    note: (text) => {
      wipe();
      if (!quiet) streams.stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (streams.stderr.isTTY !== true || quiet) return;
      wipe();
      if (text === null) return;
      working = true;
      streams.stderr.write(text);
    },
    update: (text) => {
      if (!tty || json || quiet) return;
      pending = true;
      streams.stdout.write(`\r\u001b[2K${text}`);
    },
    done: () => {
      if (pending) streams.stdout.write('\n');
      pending = false;
    },
    data: (value) => {
      if (json) streams.stdout.write(`${toJson(value)}\n`);
    },
  };
};
