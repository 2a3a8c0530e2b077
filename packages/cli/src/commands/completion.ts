/** Completions for bash, zsh and fish, written from the table of commands. */
import { UsageError } from '../refusal.ts';
import { COMMANDS, GLOBAL_OPTIONS, type Run } from '../table.ts';

const tops = [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0]!))];
const subs = (top: string): readonly string[] =>
  COMMANDS.flatMap(({ name }) => (name.startsWith(`${top} `) ? [name.split(' ')[1]!] : []));
const groups = tops.filter((top) => subs(top).length > 0);
const flags = (names: readonly string[]): string => names.map((name) => `--${name}`).join(' ');
const globals = Object.keys(GLOBAL_OPTIONS);

const bash = (): string => `# surety completions for bash; load with: source <(surety completion bash)
_surety() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" top="\${COMP_WORDS[1]}" sub="\${COMP_WORDS[2]}"
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${tops.join(' ')} ${flags(globals)}" -- "$cur")); return; fi
  case "$top" in
${groups.map((top) => `    ${top}) if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W "${subs(top).join(' ')}" -- "$cur")); return; fi ;;`).join('\n')}
    completion) COMPREPLY=($(compgen -W "bash zsh fish" -- "$cur")); return ;;
    help) COMPREPLY=($(compgen -W "${tops.join(' ')}" -- "$cur")); return ;;
  esac
  case "$cur" in
    -*) case "$top $sub" in
${COMMANDS.map(({ name, options }) => `      "${name}"${name.includes(' ') ? '' : '*'}) COMPREPLY=($(compgen -W "${flags([...Object.keys(options), ...globals])}" -- "$cur")) ;;`).join('\n')}
    esac ;;
    *) COMPREPLY=($(compgen -f -- "$cur")) ;;
  esac
}
complete -F _surety surety ./surety
`;

const quoteZsh = (text: string): string =>
  text.replaceAll("'", "'\\''").replaceAll(':', '\\:').replaceAll('[', '\\[').replaceAll(']', '\\]');

const zsh = (): string => `#compdef surety
# surety completions for zsh; load with: source <(surety completion zsh)
_surety() {
  local -a commands
  commands=(${tops.map((top) => `'${top}:${quoteZsh(COMMANDS.find(({ name }) => name === top)?.summary ?? subs(top).join(', '))}'`).join(' ')})
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
${groups.map((top) => `    ${top}) if (( CURRENT == 3 )); then compadd ${subs(top).join(' ')}; return; fi ;;`).join('\n')}
    completion) compadd bash zsh fish; return ;;
    help) compadd ${tops.join(' ')}; return ;;
  esac
  case "$words[2] $words[3]" in
${COMMANDS.map(({ name, options }) => `    '${name}'${name.includes(' ') ? '' : '*'}) [[ "$PREFIX" == -* ]] && compadd -- ${flags([...Object.keys(options), ...globals])} || _files ;;`).join('\n')}
  esac
}
compdef _surety surety
`;

const quoteFish = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");

const fish = (): string =>
  [
    '# surety completions for fish; load with: surety completion fish | source',
    ...tops.map(
      (top) =>
        `complete -c surety -n __fish_use_subcommand -f -a ${top} -d '${quoteFish(COMMANDS.find(({ name }) => name === top)?.summary ?? subs(top).join(', '))}'`,
    ),
    ...groups.map((top) => `complete -c surety -n '__fish_seen_subcommand_from ${top}' -f -a '${subs(top).join(' ')}'`),
    "complete -c surety -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'",
    ...COMMANDS.flatMap(({ name, options }) =>
      Object.entries(options).map(([option, { short, type, help }]) => {
        const seen = name
          .split(' ')
          .map((word) => `__fish_seen_subcommand_from ${word}`)
          .join('; and ');
        return `complete -c surety -n '${seen}' -l ${option}${short === undefined ? '' : ` -s ${short}`}${type === 'string' ? ' -r' : ''} -d '${quoteFish(help)}'`;
      }),
    ),
    ...Object.entries(GLOBAL_OPTIONS).map(
      ([option, { help }]) => `complete -c surety -l ${option} -d '${quoteFish(help)}'`,
    ),
    '',
  ].join('\n');

const SHELLS: { readonly [shell: string]: () => string } = { bash, zsh, fish };

export const run: Run = async ({ args: [shell = ''], context: { out } }) => {
  const write = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (write === undefined) throw new UsageError(`"${shell}" is not a shell that we know.`, 'Use bash, zsh or fish.');
  if (out.json) out.data({ shell, script: write() });
  else process.stdout.write(write());
  return 0;
};
