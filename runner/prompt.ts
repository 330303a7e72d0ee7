import { paragraph } from './screen/layout.ts';
import type { Look } from './screen/look.ts';
import { keyLineWords, sayings } from './screen/words.ts';

/** What a prompt needs of the session. */
export interface PromptParts {
  print(lines: readonly string[]): void;
  look(): Look;
  /** shows the line at the bottom anew */
  refresh(): void;
  say(text: string): void;
}

/** Something that waits for keys of its own: a yes or no, or a number. */
export class Prompt {
  readonly #o: PromptParts;
  #asking: { line: string; key: (key: string) => void } | null = null;

  constructor(o: PromptParts) {
    this.#o = o;
  }

  /** The line at the bottom while it waits; null while it does not. */
  get line(): string | null {
    return this.#asking?.line ?? null;
  }

  /** @returns whether the key was for the prompt */
  key(key: string): boolean {
    if (!this.#asking) return false;
    this.#asking.key(key);
    return true;
  }

  cancel(): void {
    this.#asking = null;
  }

  askYes(question: string, yes: () => void): void {
    // above the line at the bottom, which is cut where the terminal ends
    this.#o.print(['', ...paragraph(question, this.#o.look())]);
    this.#asking = {
      line: keyLineWords.yesOrNo,
      key: (key) => {
        if (key !== 'y' && key !== 'n' && key !== 'escape') return;
        this.#asking = null;
        if (key === 'y') yes();
        else this.#o.say(sayings.nothingChanged);
      },
    };
    this.#o.refresh();
  }

  /**
   * Asks for a number from 1 to `most`; it is taken as soon as no longer one is possible.
   * @param choose gets what was typed, in range or not
   */
  askNumber(question: string, most: number, choose: (typed: string) => void): void {
    let typed = '';
    const key = (k: string): void => {
      if (k === 'escape') {
        this.#asking = null;
        return this.#o.refresh();
      }
      if (/^\d$/.test(k)) typed += k;
      else if (k === 'backspace') typed = typed.slice(0, -1);
      const done = k === 'return' || (typed !== '' && Number(typed) * 10 > most);
      this.#asking = done ? null : { line: `${question} ${typed}`, key };
      if (done) choose(typed);
      else this.#o.refresh();
    };
    this.#asking = { line: `${question} `, key };
    this.#o.refresh();
  }
}
