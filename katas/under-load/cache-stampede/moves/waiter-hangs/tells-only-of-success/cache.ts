import type { Options } from './world.ts';

export interface Cache<V> {
  get(key: string): Promise<V>;
  invalidate(key: string): void;
  size(): number;
}

interface Waiter<V> {
  done(value: V): void;
  fail(error: unknown): void;
}

interface Question<V> {
  waiters: Waiter<V>[];
}

export function createCache<V>({ load, ttlMs, clock, maxEntries = Infinity }: Options<V>): Cache<V> {
  const answers = new Map<string, { value: V; goodUntil: number }>();
  const questions = new Map<string, Question<V>>();

  async function ask(key: string, question: Question<V>): Promise<void> {
    try {
      const value = await load(key);
      if (questions.get(key) === question) {
        answers.delete(key);
        answers.set(key, { value, goodUntil: clock.now() + ttlMs });
        if (answers.size > maxEntries) answers.delete(answers.keys().next().value!);
      }
      for (const waiter of question.waiters) waiter.done(value);
    } catch (error) {
      question.waiters[0]!.fail(error);
    }
    if (questions.get(key) === question) questions.delete(key);
  }

  return {
    get: (key) =>
      new Promise((done, fail) => {
        const known = answers.get(key);
        if (known && clock.now() < known.goodUntil) return done(known.value);
        const question = questions.get(key);
        if (question) return void question.waiters.push({ done, fail });
        const mine: Question<V> = { waiters: [{ done, fail }] };
        questions.set(key, mine);
        void ask(key, mine);
      }),
    invalidate(key) {
      answers.delete(key);
      questions.delete(key);
    },
    size: () => answers.size,
  };
}
