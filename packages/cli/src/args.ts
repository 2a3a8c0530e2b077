/** The command line as a command, its arguments and its options; everything else is refused with a suggestion. */
import { parseArgs } from 'node:util';
import { UsageError } from './refusal.ts';
import { nearest } from './suggest.ts';
import { COMMANDS, type CommandSpec, GLOBAL_OPTIONS, type OptionSpec, type Values } from './table.ts';

export type Parsed = { readonly command: CommandSpec; readonly args: readonly string[]; readonly values: Values };

const names = COMMANDS.map((command) => command.name);

/** The command that the first words name: two words win over one. */
export const findCommand = (
  words: readonly string[],
): { readonly command: CommandSpec; readonly used: number } | null => {
  for (const used of [2, 1]) {
    const name = words.slice(0, used).join(' ');
    const command = COMMANDS.find((each) => each.name === name);
    if (command !== undefined && words.length >= used) return { command, used };
  }
  return null;
};

const unknownCommand = (words: readonly string[]): UsageError => {
  const [first = ''] = words;
  const group = names.filter((name) => name.startsWith(`${first} `));
  if (group.length > 0) {
    const guess = nearest(words.slice(0, 2).join(' '), group);
    const wrong =
      words.length > 1
        ? `"surety ${words.slice(0, 2).join(' ')}" is not a command.`
        : `"surety ${first}" needs one more word.`;
    return new UsageError(
      wrong,
      guess === null || words.length < 2 ? `Use one of: ${group.join(', ')}.` : `Did you mean "surety ${guess}"?`,
    );
  }
  const guess = nearest(first, names);
  const next = guess === null ? 'Run "surety help" for the list.' : `Did you mean "surety ${guess}"?`;
  return new UsageError(`"${first}" is not a command.`, next);
};

const unknownOption = (
  option: string,
  known: { readonly [name: string]: OptionSpec },
  command: CommandSpec,
): UsageError => {
  const guess = nearest(option.replace(/^-+/, ''), Object.keys(known));
  const next = guess === null ? `Run "surety help ${command.name}" for its options.` : `Did you mean --${guess}?`;
  return new UsageError(`"surety ${command.name}" has no option ${option}.`, next, option);
};

const checkCount = (command: CommandSpec, args: readonly string[]): void => {
  const [least, most] = command.takes;
  const usage = `Usage: surety ${command.name} ${command.args}`.trim();
  if (args.length < least) throw new UsageError(`"surety ${command.name}" needs ${command.args}.`, usage);
  if (args.length <= most) return;
  const quotes = command.name === 'ask' ? ' Put the question in quotes.' : '';
  throw new UsageError(`"${args[most]}" is one argument too many.`, `${usage}.${quotes}`);
};

/** Options may stand before the command, so its words are the first that are not options. */
const wordsOf = (argv: readonly string[]): readonly string[] => {
  const words: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i]!;
    if (word === '--') return [...words, ...argv.slice(i + 1)];
    if (!word.startsWith('-') || word === '-') words.push(word);
    else if (GLOBAL_OPTIONS[word.slice(2)]?.type === 'string') i += 1;
  }
  return words;
};

/**
 * Reads the command line.
 * @throws {UsageError}
 */
export const readArgs = (argv: readonly string[]): Parsed => {
  const words = wordsOf(argv);
  const help = COMMANDS.find((each) => each.name === 'help')!;
  const found = words.length === 0 ? { command: help, used: 0 } : findCommand(words);
  if (found === null) throw unknownCommand(words);
  const { command, used } = found;
  const known = { ...command.options, ...GLOBAL_OPTIONS };
  const { tokens } = parseArgs({
    args: [...argv],
    options: toParse(known),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: { [name: string]: string | boolean | undefined } = {};
  const args: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (spec === undefined) throw unknownOption(token.rawName, known, command);
    const value = optionValue(token, spec);
    const before = values[token.name];
    values[token.name] = spec.many === true && before !== undefined ? `${before}\n${value}` : value;
  }
  const rest = args.slice(used);
  if (values.help !== true) checkCount(command, rest);
  return { command, args: rest, values };
};

const optionValue = (
  token: { readonly rawName: string; readonly value: string | undefined },
  spec: OptionSpec,
): string | boolean => {
  if (spec.type === 'boolean') {
    if (token.value === undefined) return true;
    throw new UsageError(`${token.rawName} takes no value.`, `Write ${token.rawName} alone.`, token.rawName);
  }
  if (token.value === undefined || token.value === '') {
    throw new UsageError(
      `${token.rawName} needs a value.`,
      `Write ${token.rawName} ${spec.value ?? 'VALUE'}.`,
      token.rawName,
    );
  }
  return token.value;
};

const toParse = (options: { readonly [name: string]: OptionSpec }) =>
  Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
