/** What a command is, and what it is given. */

export type OptionSpec = {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Placeholder of the value in help. */
  readonly value?: string;
  readonly help: string;
  /** Whether it may be given several times; its values then stand in {@link Values} with newlines between them. */
  readonly many?: boolean;
};

export type CommandSpec = {
  readonly name: string;
  readonly summary: string;
  /** Arguments as help prints them. */
  readonly args: string;
  /** Least and most positional arguments. */
  readonly takes: readonly [number, number];
  readonly options: { readonly [name: string]: OptionSpec };
  readonly examples: readonly string[];
  /** Further help, in whole sentences. */
  readonly about?: string;
  readonly load: () => Promise<{ readonly run: Run }>;
};

export type Values = { readonly [name: string]: string | boolean | undefined };
export type Run = (input: {
  readonly args: readonly string[];
  readonly values: Values;
  readonly context: Context;
}) => Promise<number>;

/** What every command is given. */
export type Context = {
  readonly out: import('../terminal/output.ts').Output;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Folder of keys and of the recorded environment. */
  readonly home: string;
  /** `--url`, where given. */
  readonly url: string | undefined;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
};
