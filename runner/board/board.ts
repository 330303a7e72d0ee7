import { types } from 'node:util';
import type { Channel } from './channel.ts';
import { Decoder } from './decode.ts';
import { Encoder } from './encode.ts';
import { refused, tampering, Tampering, tooLarge } from './errors.ts';
import { readFrame, writeFrame } from './frames.ts';
import type { Guard } from './guard.ts';
import { Watched } from './lasting.ts';
import { InStep } from './in-step.ts';
import { LIMITS } from './limits.ts';
import { Message } from './message.ts';
import { perform } from './operations.ts';
import { Promises } from './promises.ts';
import { Registry } from './registry.ts';
import { Remote } from './remote.ts';
import { StandIns } from './stand-ins.ts';
import type { Frame, Operation, Payload, Token } from './tokens.ts';
import { Turns } from './turns.ts';

// Taken at load: a probe may put false timers in its place, learner's code anything at all.
const atEndOfStretch = queueMicrotask;
const soon = queueMicrotask;

/** What the two sides do differently. */
export interface Side {
  role: 'arbiter' | 'player';
  channel: Channel;
  guard: Guard;
  /** the object that the other side's `root` stands for */
  root: object;
  /** Called with every error: ends the board for a Tampering. @returns the error to throw */
  judge(error: unknown): unknown;
  /** The error that every call throws when the other side is gone. */
  gone(): Error | null;
  /** A note came in (arbiter only). */
  onNote?(text: string): void;
}

type Question = Frame & { kind: 'ask' | 'open' };

/** One side of the membrane: puts the parts together and moves frames. See start-player.ts and serve-board.ts for use. */
export class Board {
  /** the stand-in for the other side's root object */
  readonly root: object;
  readonly remote: Remote;
  #side: Side;
  #registry = new Registry();
  #inStep = new InStep();
  #turns = new Turns();
  #promises: Promises;
  #encoder: Encoder;
  #decoder: Decoder;
  /** the player's exports that the arbiter keeps */
  #watched: Watched | null = null;
  #seq = 0;
  #epoch = 0;

  constructor(side: Side) {
    this.#side = side;
    const registry = this.#registry;
    const inStep = this.#inStep;
    const { guard } = side;
    const isArbiter = side.role === 'arbiter';
    if (!isArbiter) this.#watched = new Watched();
    this.#promises = new Promises((id, ok, value) => this.#settle(id, ok, value));
    this.#encoder = new Encoder({
      registry,
      inStep,
      guard,
      sharesPlainData: isArbiter,
      watch: (promise, id) => this.#promises.watch(promise, id),
    });
    // These three need each other in a circle; only the decoder can wait for its stand-ins.
    this.#decoder = new Decoder({
      registry,
      inStep,
      guard,
      sharesPlainData: !isArbiter,
      promise: (id) => this.#promises.expect(id),
      stale: (id, key) => this.remote.drop(id as number, key),
      get standIns() {
        return standIns;
      },
    });
    this.remote = new Remote((op, target, args) => this.#ask(op, target, args), this.#encoder, this.#decoder);
    const standIns = new StandIns({
      remote: this.remote,
      guard,
      epoch: () => this.#epoch,
      idOf: (value) => registry.idOfTheirs(value),
      judge: (error) => side.judge(error),
    });
    registry.add(side.root);
    this.root = standIns.handle(0, 'object', '');
    registry.adopt(0, this.root);
    side.channel.onBell(() => this.#heard());
  }

  /** The number of a stand-in, or undefined for everything else. */
  idOf(value: unknown): number | undefined {
    return typeof value === 'object' || typeof value === 'function'
      ? this.#registry.idOfTheirs(value ?? {})
      : undefined;
  }

  /** Sends a note; nobody answers. @throws RangeError when it is too long */
  note(text: string): void {
    if (text.length > LIMITS.noteBytes) throw tooLarge(`a note of ${text.length} characters`);
    const rung = this.#turns.mustRing;
    this.#post(writeFrame({ kind: 'note', rung, text }), rung);
  }

  /**
   * Arbiter: what was shared so far is shared no more: each side keeps its own, and what is handed over again counts as
   * new. Data in step costs time at each call, so a probe that is over should leave none behind.
   */
  part(): void {
    if (this.#side.gone()) return;
    try {
      if (this.#turns.mustRing) this.#takeTurn();
      this.#post(writeFrame({ kind: 'part' }));
      this.#dropShared();
    } catch (error) {
      throw this.#side.judge(error);
    }
  }

  #dropShared(): void {
    const { ours, theirs } = this.#inStep.clear();
    for (const value of ours) this.#registry.remove(value);
    for (const value of theirs) this.#registry.disown(value);
    this.#encoder.forgetAllTold();
    this.#watched?.clear();
  }

  /** The other side is gone: rejects every promise that it will not settle any more. */
  abandon(error: Error): void {
    this.#epoch++;
    this.#promises.abandon(error);
  }

  /** Asks and waits for the answer, doing meanwhile what the other side asks back. */
  #ask(op: Operation, target: number, args: (message: Message) => Token[]): Token {
    const turns = this.#turns;
    const gone = this.#side.gone();
    if (gone) throw gone;
    if (turns.nesting >= LIMITS.nesting) throw new RangeError('calls across the board are nested too deeply');
    try {
      if (this.#side.role === 'arbiter' && turns.mustRing) {
        const answer = this.#open(op, target, args);
        if (answer !== null) return tokenOf(answer);
      }
      const seq = this.#seq++;
      const rung = turns.mustRing;
      this.#send(
        (message) => ({ kind: 'ask', seq, rung, op, target, args: args(message), payload: 0 }),
        rung,
      );
      turns.waiting++;
      try {
        return this.#awaitAnswer(seq);
      } finally {
        turns.waiting--;
      }
    } catch (error) {
      throw error instanceof Thrown ? error.value : this.#side.judge(error);
    }
  }

  /**
   * Arbiter: asks the first question of a stretch, which takes the turn with it.
   * @returns null when the player had news first: it is told now, the turn is taken, and the question is to be asked again
   */
  #open(op: Operation, target: number, args: (message: Message) => Token[]): Answer | null {
    const turns = this.#turns;
    const seq = this.#seq++;
    const { read } = turns;
    let written: Message | null = this.#write(
      (message) => ({ kind: 'open', seq, read, op, target, args: args(message), payload: 0 }),
      true,
    );
    turns.waiting++;
    try {
      for (;;) {
        const frame = this.#read();
        const isBegun = frame.kind === 'answer' || ('rung' in frame && !frame.rung);
        if (written && isBegun) {
          written.sent();
          this.#holdTurn();
        } else written?.undo();
        if (written) written = null;
        if (frame.kind === 'answer') return turns.held ? this.#answered(frame, seq) : tampering(UNASKED);
        if (frame.kind === 'taken') {
          if (turns.held) tampering(UNASKED);
          this.#take(frame.payload);
          return null;
        }
        this.#incoming(frame, true);
      }
    } finally {
      turns.waiting--;
    }
  }

  #awaitAnswer(seq: number): Token {
    for (;;) {
      const frame = this.#read();
      if (frame.kind === 'answer') return tokenOf(this.#answered(frame, seq));
      this.#incoming(frame, true);
    }
  }

  #answered(frame: Frame & { kind: 'answer' }, seq: number): Answer {
    if (frame.seq !== seq) return tampering(UNASKED);
    this.#epoch++;
    this.#decoder.payload(frame.payload);
    return frame.ok ? { token: frame.value } : { thrown: new Thrown(this.#decoder.value(frame.value)) };
  }

  /** A stroke of the bell: outside of any call, so errors have nobody to go to but the judge. */
  #heard(): void {
    try {
      if (this.#turns.heard()) this.#incoming(this.#read(true), false);
      if (this.#turns.wanted) this.#giveTurn();
    } catch (error) {
      if (this.#side.role === 'player') throw error;
      this.#side.judge(error);
    }
  }

  #incoming(frame: Frame, whileWaiting: boolean): void {
    if (whileWaiting && ('rung' in frame ? frame.rung : frame.kind === 'want' || frame.kind === 'open'))
      this.#turns.readAhead();
    switch (frame.kind) {
      case 'ask':
        return this.#serve(frame);
      case 'settle': {
        this.#epoch++;
        this.#decoder.payload(frame.payload);
        const settle = this.#promises.settle(frame.id, frame.ok, this.#decoder.value(frame.value));
        // while we wait the other side may be asking us, and its question would cross with one that is asked now
        return whileWaiting ? soon(settle) : settle();
      }
      case 'note':
        return this.#side.onNote ? this.#side.onNote(frame.text) : tampering('a note to the player');
      case 'open':
        if (this.#side.role === 'arbiter') break;
        if (!whileWaiting && frame.read === this.#turns.said && this.#inStep.changes().length === 0)
          return this.#giveTurn(frame);
        this.#turns.wanted = true;
        return;
      case 'part':
        if (this.#side.role === 'arbiter') break;
        return this.#dropShared();
      case 'want':
        if (this.#side.role === 'arbiter') break;
        this.#turns.wanted = true;
        return;
    }
    tampering('a frame that nobody asked for');
  }

  #serve(frame: Question): void {
    const { seq, op } = frame;
    this.#epoch++;
    this.#decoder.payload(frame.payload);
    const target = this.#registry.ours(frame.target);
    if (typeof target === 'symbol') return tampering('a question to a symbol');
    if (this.#inStep.hasOurs(frame.target)) return tampering('a question to shared data');
    this.#turns.serving++;
    let write: (message: Message) => Token;
    let ok = true;
    try {
      write = perform(op, target, frame.args, {
        encoder: this.#encoder,
        decoder: this.#decoder,
        guard: this.#side.guard,
        watched: this.#watched,
      });
    } catch (error) {
      const gone = this.#side.gone();
      if (gone) throw gone;
      if (Tampering.is(error)) throw error;
      ok = false;
      write = (message) => this.#encoder.value(error, message);
    } finally {
      this.#turns.serving--;
    }
    this.#epoch++;
    this.#answer(seq, ok, write);
  }

  #answer(seq: number, ok: boolean, write: (message: Message) => Token): void {
    try {
      this.#send((message) => ({ kind: 'answer', seq, ok, value: write(message), payload: 0 }));
    } catch (error) {
      if (this.#side.gone() || Tampering.is(error)) throw error;
      // What cannot be told is refused in its place: too large, or not handed out.
      const reason = types.isNativeError(error) ? error : refused('a thrown value that cannot be told');
      this.#send((message) => ({
        kind: 'answer',
        seq,
        ok: false,
        value: this.#encoder.value(reason, message),
        payload: 0,
      }));
    }
  }

  #takeTurn(): void {
    this.#post(writeFrame({ kind: 'want' }), true);
    for (;;) {
      const frame = this.#read();
      if (frame.kind === 'taken') return this.#take(frame.payload);
      this.#incoming(frame, true);
    }
  }

  #take(payload: Token): void {
    this.#epoch++;
    this.#decoder.payload(payload);
    this.#holdTurn();
  }

  #holdTurn(): void {
    this.#turns.held = true;
    atEndOfStretch(() => {
      this.#turns.held = false;
      this.#epoch++;
      this.remote.forgetExports();
      if (this.#side.gone()) return;
      try {
        this.#send(() => ({ kind: 'yield', payload: 0 }));
      } catch (error) {
        this.#side.judge(error);
      }
    });
  }

  /** Player: does what is asked, waiting in between, until the arbiter's stretch is over. */
  #giveTurn(first?: Question): void {
    this.#turns.wanted = false;
    this.#turns.held = true;
    if (first) this.#serve(first);
    else this.#send(() => ({ kind: 'taken', payload: 0 }));
    for (;;) {
      const frame = this.#read();
      if (frame.kind === 'yield') {
        this.#decoder.payload(frame.payload);
        break;
      }
      this.#incoming(frame, true);
    }
    this.#turns.held = false;
    this.#watched?.clear();
  }

  #settle(id: number, ok: boolean, value: unknown): void {
    if (this.#side.gone()) return;
    const rung = this.#turns.mustRing;
    const frame =
      (settled: boolean, result: unknown) =>
      (message: Message): Frame => ({
        kind: 'settle',
        id,
        rung,
        ok: settled,
        value: this.#encoder.value(result, message),
        payload: 0,
      });
    this.#epoch++;
    try {
      this.#send(frame(ok, value), rung);
    } catch (error) {
      if (this.#side.gone() || Tampering.is(error)) return;
      this.#send(frame(false, error), rung);
    }
  }

  /** Sends a frame with everything that has to go along: new objects, and shared data that changed. */
  #send(build: (message: Message) => Frame, ring = false): void {
    this.#write(build, ring).sent();
  }

  /** Sends a frame; what comes of it, once it is taken in over there, is the caller's to say: `sent` or `undo`. */
  #write(build: (message: Message) => Frame, ring = false): Message {
    const message = new Message();
    try {
      const frame = build(message) as Frame & { payload: Payload };
      for (const change of this.#inStep.changes()) this.#encoder.change(change, message);
      for (const { target, key } of this.#watched?.changed() ?? [])
        message.stale.push(this.#registry.idOfOurs(target)!, this.#encoder.value(key, message));
      this.#encoder.finish(message);
      frame.payload = message.payload();
      this.#post(writeFrame(frame), ring);
      return message;
    } catch (error) {
      message.undo();
      throw error;
    }
  }

  #post(text: string, ring = false): void {
    this.#turns.said++;
    this.#side.channel.send(text, ring);
  }

  #read(announced = false): Frame {
    const text = this.#side.channel.receive(announced);
    this.#turns.read++;
    return readFrame(text);
  }
}

const UNASKED = 'an answer to a question nobody asked';

/** What came back: a token, or what was thrown. */
type Answer = { token: Token } | { thrown: Thrown };

function tokenOf(answer: Answer): Token {
  if ('thrown' in answer) throw answer.thrown;
  return answer.token;
}

/** Carries what the other side threw past our own error handling. */
class Thrown {
  value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}
