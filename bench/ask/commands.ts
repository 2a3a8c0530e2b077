/** Commands under the clock: started in a process group of their own, read line by line, stopped as Ctrl-C does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type Running = {
  /** Resolves with the milliseconds from launch to the first line that matches; `null` when it ended or took too long. */
  readonly line: (pattern: RegExp, seconds: number) => Promise<{ readonly ms: number; readonly text: string } | null>;
  /** The last lines it said. */
  readonly said: () => string;
  /** Ctrl-C, and the end of everything it started; harder after half a minute. */
  readonly stop: () => Promise<void>;
};

/** The environment without what npm says of the command that runs us, and without another node's settings. */
const cleanEnvironment = (over: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_(?!config_)|SURETY_)/i.test(name))),
  ...over,
});

const endOf = async (child: ChildProcess, seconds: number): Promise<boolean> => {
  if (child.exitCode !== null || child.signalCode !== null) return true;
  const signal = AbortSignal.timeout(seconds * 1_000);
  return once(child, 'exit', { signal }).then(
    () => true,
    () => false,
  );
};

export const runCommand = (
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Running => {
  const launched = performance.now();
  const env = cleanEnvironment(options.env);
  const child = spawn(command, args, { cwd: options.cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: { readonly ms: number; readonly text: string }[] = [];
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const wake of waiting) wake();
  };
  for (const stream of [child.stdout!, child.stderr!])
    createInterface({ input: stream }).on('line', (text) => {
      lines.push({ ms: performance.now() - launched, text });
      tell();
    });
  let gone = false;
  const end = (): void => {
    gone = true;
    tell();
  };
  child.once('close', end);
  child.once('error', end);
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Nobody of the group is left.
    }
  };
  return {
    line: async (pattern, seconds) => {
      const late = launched + seconds * 1_000;
      for (;;) {
        const found = lines.find(({ text }) => pattern.test(text));
        if (found !== undefined) return found;
        const left = late - performance.now();
        if (gone || left <= 0) return null;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            clearTimeout(timer);
            waiting.delete(wake);
            resolve();
          };
          const timer = setTimeout(wake, left);
          waiting.add(wake);
        });
      }
    },
    said: () =>
      lines
        .slice(-3)
        .map(({ text }) => text.trim())
        .join(' | ')
        .slice(0, 200),
    stop: async () => {
      signalGroup('SIGINT');
      if (!(await endOf(child, 30))) signalGroup('SIGKILL');
      await endOf(child, 5);
    },
  };
};
