/** `surety help [command]`, written from the table of commands. */
import { UsageError } from '../refusal.ts';
import { nearest } from '../suggest.ts';
import { COMMANDS, type CommandSpec, GLOBAL_OPTIONS, GROUPS, type OptionSpec, type Run } from '../table.ts';
import type { Output } from '../terminal/output.ts';
import { table, wrap } from '../terminal/table.ts';

const optionRow = ([name, { short, value, help }]: readonly [string, OptionSpec]): readonly string[] => [
  `  ${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
  help,
];

const overview = (out: Output): void => {
  const { bold, dim } = out.style;
  out.line(`${bold('surety')} — ask, and get an answer with a receipt that anyone can verify\n`);
  out.line(`Usage: surety COMMAND [options]\n`);
  const width = Math.max(...COMMANDS.map(({ name, args }) => name.length + args.length + 1));
  for (const [title, commands] of GROUPS) {
    out.line(bold(title));
    for (const { name, args, summary } of commands) {
      out.line(`  ${name} ${dim(args)}${' '.repeat(width - name.length - args.length + 1)}${summary}`);
    }
    out.line();
  }
  out.line(bold('Options of every command'));
  for (const line of table(Object.entries(GLOBAL_OPTIONS).map(optionRow))) out.line(line);
  out.line(`\n${bold('First steps')}`);
  out.line('  npm start                                          Start a node here');
  out.line('  surety ask "Is uniswap-claim-rewards.app a scam?"  Ask it');
  out.line('  surety verify receipt-*.json                       Check what it answered');
  out.line(`\nDetails: ${bold('surety help COMMAND')}`);
};

const details = (out: Output, command: CommandSpec): void => {
  const { bold, dim } = out.style;
  out.line(`${bold(`surety ${command.name}`)} — ${command.summary}\n`);
  const options = Object.keys(command.options).length > 0 ? '[options]' : '';
  out.line(['Usage: surety', command.name, command.args, options].filter((part) => part !== '').join(' '));
  if (command.about !== undefined) out.line(`\n${wrap(command.about, out.width)}`);
  if (Object.keys(command.options).length > 0) {
    out.line(`\n${bold('Options')}`);
    for (const line of table(Object.entries(command.options).map(optionRow))) out.line(line);
  }
  out.line(`\n${bold('Examples')}`);
  for (const example of command.examples) out.line(`  ${example}`);
  out.line(
    dim(
      `\nOptions of every command: ${Object.keys(GLOBAL_OPTIONS)
        .map((name) => `--${name}`)
        .join(' ')}`,
    ),
  );
};

const asData = ({ name, summary, args, options, examples }: CommandSpec) => ({
  name,
  summary,
  args,
  options,
  examples,
});

export const run: Run = async ({ args, context: { out } }) => {
  if (args.length === 0) {
    if (out.json) out.data({ commands: COMMANDS.map(asData), options: GLOBAL_OPTIONS });
    else overview(out);
    return 0;
  }
  const name = args.join(' ');
  const command = COMMANDS.find((each) => each.name === name);
  if (command !== undefined) {
    if (out.json) out.data(asData(command));
    else details(out, command);
    return 0;
  }
  const group = COMMANDS.filter((each) => each.name.startsWith(`${name} `));
  for (const [i, each] of group.entries()) {
    if (i > 0) out.line();
    details(out, each);
  }
  if (group.length > 0) return 0;
  const guess = nearest(
    name,
    COMMANDS.map((each) => each.name),
  );
  throw new UsageError(
    `"${name}" is not a command.`,
    guess === null ? 'Run "surety help".' : `Did you mean "surety help ${guess}"?`,
  );
};
