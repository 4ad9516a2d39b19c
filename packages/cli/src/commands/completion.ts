import { Argument, type Command } from "commander";
import { VENDORS } from "../config.ts";
import { addExamples } from "../options.ts";
import { print } from "../output.ts";

/** `convo completion`. */
export function configure(command: Command): void {
  command.addArgument(new Argument("<shell>").choices(["bash", "zsh", "fish"])).action(completion);
  addExamples(command, "convo completion bash > convo.bash", "convo completion fish > convo.fish");
}

/** Words that may follow a command. */
interface Completable {
  readonly path: readonly string[];
  readonly words: readonly string[];
}

/** The program has all its commands configured when this one is called. */
function completion(shell: "bash" | "zsh" | "fish", _options: object, command: Command): void {
  const commands = completable(command.parent as Command, []);
  const script = {
    bash,
    fish,
    zsh: (all: readonly Completable[]) => `autoload -U +X bashcompinit && bashcompinit\n${bash(all)}`,
  };
  print(script[shell](commands));
}

function completable(command: Command, path: readonly string[]): Completable[] {
  const nested = command.commands.map((one) => one.name());
  const flags = command.options.flatMap(({ long }) => long ?? []);
  const takesAccount = command.registeredArguments.some((argument) => argument.name().startsWith("account"));
  const words = [...nested, ...(takesAccount ? VENDORS : []), ...flags, "--help"];
  return [{ path, words }, ...command.commands.flatMap((one) => completable(one, [...path, one.name()]))];
}

/** The longest command that the words typed so far begin with decides what may follow. */
function bash(commands: readonly Completable[]): string {
  const cases = commands
    .toSorted((a, b) => b.path.length - a.path.length)
    .map(({ path, words }) => `    "${["convo", ...path].join(" ")}"*) words="${words.join(" ")}" ;;`);
  return `# Completion of convo: source this file, or put it where your shell looks for completions.
_convo() {
  local line="\${COMP_WORDS[*]:0:COMP_CWORD}" words=""
  case "$line" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -o default -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _convo convo`;
}

function fish(commands: readonly Completable[]): string {
  const lines = commands.map(({ path, words }) => {
    const [first, second] = path;
    const seen = [first, second].filter(Boolean).map((word) => `__fish_seen_subcommand_from ${word}`);
    const condition = seen.length > 0 ? seen.join("; and ") : "__fish_use_subcommand";
    return `complete -c convo -n '${condition}' -a '${words.join(" ")}'`;
  });
  return ["# Completion of convo: put it into ~/.config/fish/completions/convo.fish", ...lines].join("\n");
}
