import { KibitzerError } from '../errors.ts';

/**
 * Asks for a yes before something that is hard to take back. Without a terminal there is nobody to ask.
 * @throws NEEDS_YES without a terminal and without --yes
 */
export async function confirmed(question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new KibitzerError(
      'NEEDS_YES',
      'this asks first, and there is no terminal to ask on',
      'add --yes to do it without being asked',
    );
  }
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: question, initialValue: false });
  return !isCancel(answer) && answer;
}
