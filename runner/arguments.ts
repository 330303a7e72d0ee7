import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { start } from './commands/start.ts';
import { ioOf, type CommonOptions } from './io.ts';
import { ofMessage } from './language.ts';

const USED_WRONG = 2;

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('it is not a whole number');
  return Number(text);
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/**
 * Runs the command that the arguments ask for.
 * @returns the exit code; 2 when the arguments make no sense, after saying so on standard error
 */
export async function parse(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('kibitzer')
    .description(
      'Learn software design from your own bad moves: every save is a move, hidden probes play against it, and a lost move is analysed before a better approach opens.',
    )
    .version(version(), '-V, --version')
    .helpOption('-h, --help', ofMessage('this help'))
    .helpCommand('help [command]', ofMessage('help for a command'))
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText('before', ofMessage(HEAD))
    .addHelpText('after', ofMessage(FOOT));
  const common = (c: Command): Command =>
    c
      .exitOverride()
      .option('--json', 'one JSON document (or lines, for watch) on standard output')
      .option(
        '--plain',
        'linear text without redrawing, escape codes or box characters (also KIBITZER_PLAIN=1)',
      )
      .addOption(new Option('--color', 'colour even when it is not a terminal'))
      .addOption(new Option('--no-color', 'no colour (also NO_COLOR=1)'))
      .option('--width <columns>', 'width of screens', wholeNumber)
      .option('--lang <language>', 'en or de (also KIBITZER_LANG; else the locale, else English)')
      .option('--debug', 'stack traces with errors');
  common(program)
    .usage('[command] [options]')
    .argument('[command]')
    .allowExcessArguments()
    .action(async (unknown: string | undefined, o: CommonOptions) => {
      // with an argument this is a misspelt command: commander's own message, with its suggestion
      if (unknown !== undefined) (program as unknown as { unknownCommand(): never }).unknownCommand();
      code = await start(o);
    });
  /** a command with the common options, whose action gives the exit code */
  const command = (name: string, about: string): Command => {
    const c = common(program.command(name).description(about));
    return c;
  };
  const all = (c: Command): CommonOptions => ({
    ...program.opts<CommonOptions>(),
    ...c.opts<CommonOptions>(),
  });

  command('watch [kata]', 'show the kata and judge every save (what `kibitzer` does in a terminal)')
    .option('--problem-lines', 'also print path:line:column lines for an editor’s problem matcher')
    .action(async (kata: string | undefined, o: { problemLines?: boolean }, c: Command) => {
      code = await (
        await import('./commands/watch.ts')
      ).watch({ io: ioOf(all(c)), kata, problemLines: o.problemLines });
    });
  command('list', 'all katas, with where each stands').action(async (_o: object, c: Command) => {
    code = await (await import('./commands/list.ts')).list(ioOf(all(c)));
  });
  command('brief [kata]', 'the whole brief: story, numbered contract, interface').action(
    async (kata: string | undefined, _o: object, c: Command) => {
      code = await (await import('./commands/brief.ts')).brief(ioOf(all(c)), kata);
    },
  );
  command('play <kata>', 'go on with this kata').action(async (kata: string, _o: object, c: Command) => {
    code = await start({ ...all(c), kata });
  });
  command('run [kata]', 'judge the files as they are now, once').action(
    async (kata: string | undefined, _o: object, c: Command) => {
      code = await (await import('./commands/run.ts')).run(ioOf(all(c)), kata);
    },
  );
  command('analysis [kata]', 'the analysis of the last lost move')
    .option('--answer <number>', 'answer its question', wholeNumber)
    .option('--skip', 'read on without answering')
    .action(async (kata: string | undefined, o: { answer?: number; skip?: boolean }, c: Command) => {
      code = await (await import('./commands/analysis.ts')).analysis(ioOf(all(c)), kata, o);
    });
  command('ladder [kata]', 'which rungs are open, and what the next one takes')
    .option('--rung <name>', 'show one: idea, plan or better-approach')
    .action(async (kata: string | undefined, o: { rung?: string }, c: Command) => {
      code = await (await import('./commands/ladder.ts')).ladder(ioOf(all(c)), kata, o);
    });
  command('resign [kata]', 'open the whole ladder and the accepted designs; asks first')
    .option('--yes', 'do not ask')
    .action(async (kata: string | undefined, o: { yes?: boolean }, c: Command) => {
      code = await (await import('./commands/resign.ts')).resign(ioOf(all(c)), kata, o);
    });
  command('reset [kata]', 'put the starter back, keeping a copy of your files; asks first')
    .option('--yes', 'do not ask')
    .action(async (kata: string | undefined, o: { yes?: boolean }, c: Command) => {
      code = await (await import('./commands/reset.ts')).reset(ioOf(all(c)), kata, o);
    });
  common(
    program
      .command('retry')
      .description(
        'put the code before an earlier move back, keeping a copy of your files, to play it better',
      ),
  )
    .argument('<move>', 'number of the move', wholeNumber)
    .argument('[kata]')
    .action(async (move: number, kata: string | undefined, _o: object, c: Command) => {
      code = await (await import('./commands/retry.ts')).retry(ioOf(all(c)), move, kata);
    });
  command('judge <kata> <path>', 'a verdict on any file or folder; no progress is touched').action(
    async (kata: string, target: string, _o: object, c: Command) => {
      code = await (await import('./commands/judge.ts')).judge(ioOf(all(c)), kata, target);
    },
  );
  command(
    'import <folder>',
    'make katas of an Exercism track, of one exercise, or of a folder with vitest or jest tests',
  )
    .option('--track <name>', 'the track that they are put into')
    .option(
      '--solution <folder>',
      'accepted code, for a folder of tests (else solution/ or reference/ in it)',
    )
    .action(async (folder: string, o: { track?: string; solution?: string }, c: Command) => {
      code = await (await import('./commands/import.ts')).importSuites(ioOf(all(c)), folder, o);
    });
  command('doctor', 'look at everything kibitzer needs')
    .option('--repair', 'repair a damaged log; keeps everything that can be read, deletes nothing')
    .action(async (o: { repair?: boolean }, c: Command) => {
      code = await (await import('./commands/doctor.ts')).doctor(ioOf(all(c)), o);
    });
  command('check [kata...]', 'for authors: judge starters, designs and bad moves as declared')
    .option('--fresh', 'judge everything anew, whatever is remembered of an earlier run')
    .option('--watch', 'stay, and judge again what a change touches; for one kata')
    .option('--novelties', 'list mutants that survive, and losses for which the book has no name')
    .action(
      async (katas: string[], o: { fresh?: boolean; watch?: boolean; novelties?: boolean }, c: Command) => {
        code = await (await import('./commands/check.ts')).check(ioOf(all(c)), katas, o);
      },
    );

  command(
    'mutants [kata...]',
    'for authors: small changes of the accepted designs, and which of them no probe notices',
  )
    .option('--fresh', 'judge everything anew, whatever is remembered of an earlier run')
    .option('--docs', 'also write docs/confusion.md; where katas are named, only their sections')
    .option('--sample <number>', 'judge at most so many of each kata, spread evenly', wholeNumber)
    .action(async (katas: string[], o: { fresh?: boolean; docs?: boolean; sample?: number }, c: Command) => {
      code = await (await import('./commands/mutants.ts')).mutants(ioOf(all(c)), katas, o);
    });
  const create = common(program.command('new').description('for authors: a new part of a kata'));
  common(create.command('kata <id>').description('make a kata that plays and lacks only what you write'))
    .option('--track <name>', 'the track that it is put into', 'structure')
    .option('--title <text>', 'the promise to the learner, in the imperative')
    .action(async (id: string, o: { track: string; title?: string }, c: Command) => {
      code = await (await import('./commands/new-kata.ts')).newKata(ioOf(all(c)), id, o);
    });
  common(
    create
      .command('move <kata> <path>')
      .description('store a file or a folder as a bad move, under its diagnosis'),
  )
    .option('--mistake <id>', 'the mistake that the book ought to name, where it names none or another one')
    .option('--name <name>', 'the name of its folder; after the path when left out')
    .action(async (kata: string, target: string, o: { mistake?: string; name?: string }, c: Command) => {
      code = await (await import('./commands/new-move.ts')).storeNewMove(ioOf(all(c)), kata, target, o);
    });

  translateHelp(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USED_WRONG;
    throw error;
  }
}

/** What `help` says about a command, its options and its commands, in the language in use. */
function translateHelp(c: Command): void {
  c.description(ofMessage(c.description())).configureHelp({ styleTitle: ofMessage });
  for (const option of c.options) option.description = ofMessage(option.description);
  for (const sub of c.commands) translateHelp(sub);
}

const HEAD = `Examples:
  kibitzer                               show the kata at hand and judge every save
  kibitzer play template-escaping        go on with another kata
  kibitzer judge lazy-query club.ts      a verdict on a file, without touching progress
`;

const FOOT = `
Your code lies in practice/<kata>/, what was played in practice/.kibitzer/ (KIBITZER_PRACTICE moves both).
Exit codes: 0 done or won · 1 lost, or problems found · 2 could not run as asked · 70 a bug of kibitzer.
In a checkout: \`npm start\`, or \`npm run -s kibitzer -- <command>\`. More in docs/.`;
