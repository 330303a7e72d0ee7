import { KibitzerError } from './errors.ts';
import { start } from './commands/start.ts';
import { languageOf, LANGUAGES, ofMessage } from './language.ts';

/** argv → command. The only file that ends the process. Exit codes: 0 done or won · 1 lost, or findings · 2 could not run as asked · 70 our bug · 130/143 signals. */
async function main(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const asked = languageOf(argv, process.env);
  if ('unknown' in asked) {
    throw new KibitzerError(
      'LANGUAGE_UNKNOWN',
      `there are no words in “${asked.unknown}”`,
      `the languages are ${LANGUAGES.join(', ')}: --lang de, or KIBITZER_LANG=de`,
    );
  }
  if (asked.language !== 'en') await (await import('./speak.ts')).speak(asked.language);
  // the usual start needs no argument parser, and the first screen should not wait for it
  if (argv.length === 0) return start({});
  const { parse } = await import('./arguments.ts');
  return parse(argv);
}

/** Three lines: what happened, why if known, what to do next. */
function report(error: unknown, argv: readonly string[]): number {
  const debug = argv.includes('--debug') || process.env.DEBUG === 'kibitzer';
  const json = argv.includes('--json');
  if (error instanceof KibitzerError) {
    if (json)
      process.stdout.write(
        `${JSON.stringify({ schema: 'kibitzer/error@1', error: { code: error.code, message: ofMessage(error.message), hint: ofMessage(error.hint) } }, null, 2)}\n`,
      );
    else
      process.stderr.write(
        `${ofMessage('error')}: ${ofMessage(error.message).replaceAll('\n', '\n  ')}\n  ${ofMessage(error.hint)}\n${debug ? `${error.stack}\n` : ''}`,
      );
    return 2;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (json)
    process.stdout.write(
      `${JSON.stringify({ schema: 'kibitzer/error@1', error: { code: 'BUG', message: text.split('\n')[0], hint: ofMessage('please report it') } }, null, 2)}\n`,
    );
  const masked = text.replaceAll(process.cwd(), '.').replaceAll(process.env.HOME || '\0', '~');
  process.stderr.write(
    `${ofMessage('error')}: ${ofMessage('kibitzer has a bug; your files and your progress are untouched')}\n  ${masked}\n` +
      `  ${ofMessage('Please report it with this text')}: Node ${process.versions.node}, ${process.platform}, kibitzer ${argv.join(' ')}\n`,
  );
  return 70;
}

const argv = process.argv.slice(2);
let code: number;
try {
  code = await main(argv);
} catch (error) {
  code = report(error, argv);
}
process.exit(code);
