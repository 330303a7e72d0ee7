/**
 * An error a person can act on. It is shown as up to three lines: what happened, why if known, what to do next.
 *
 * - `code`: stable, upper-case, listed in the documentation ("LOG_DAMAGED"); scripts may compare it
 * - `message`: what happened, with the path or value; a second line, after a line break, says why
 * - `hint`: what to do next, best a command
 *
 * Anything else that is thrown is a bug of ours.
 */
export class KibitzerError extends Error {
  override readonly name: string = 'KibitzerError';
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
