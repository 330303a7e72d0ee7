import { types } from 'node:util';
import type { Channel } from './channel.ts';
import { Decoder } from './decode.ts';
import { Encoder } from './encode.ts';
import { refused, tampering, Tampering, tooLarge } from './errors.ts';
import { readFrame, writeFrame } from './frames.ts';
import type { Guard } from './guard.ts';
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

type AskFrame = Frame & { kind: 'ask' };

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
  #seq = 0;
  #epoch = 0;

  constructor(side: Side) {
    this.#side = side;
    const registry = this.#registry;
    const inStep = this.#inStep;
    const { guard } = side;
    const isArbiter = side.role === 'arbiter';
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
    this.#side.channel.send(writeFrame({ kind: 'note', rung, text }), rung);
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
      if (this.#side.role === 'arbiter' && turns.mustRing) this.#takeTurn();
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

  #awaitAnswer(seq: number): Token {
    for (;;) {
      const frame = readFrame(this.#side.channel.receive());
      if (frame.kind !== 'answer') {
        this.#incoming(frame, true);
        continue;
      }
      if (frame.seq !== seq) return tampering('an answer to a question nobody asked');
      this.#epoch++;
      this.#decoder.payload(frame.payload);
      if (frame.ok) return frame.value;
      throw new Thrown(this.#decoder.value(frame.value));
    }
  }

  /** A stroke of the bell: outside of any call, so errors have nobody to go to but the judge. */
  #heard(): void {
    try {
      if (this.#turns.heard()) this.#incoming(readFrame(this.#side.channel.receive(true)), false);
      if (this.#turns.wanted) this.#giveTurn();
    } catch (error) {
      if (this.#side.role === 'player') throw error;
      this.#side.judge(error);
    }
  }

  #incoming(frame: Frame, whileWaiting: boolean): void {
    if (whileWaiting && ('rung' in frame ? frame.rung : frame.kind === 'want')) this.#turns.readAhead();
    switch (frame.kind) {
      case 'ask':
        return this.#serve(frame);
      case 'settle': {
        this.#epoch++;
        this.#decoder.payload(frame.payload);
        return this.#promises.settle(frame.id, frame.ok, this.#decoder.value(frame.value));
      }
      case 'note':
        return this.#side.onNote ? this.#side.onNote(frame.text) : tampering('a note to the player');
      case 'want':
        if (this.#side.role === 'arbiter') break;
        this.#turns.wanted = true;
        return;
    }
    tampering('a frame that nobody asked for');
  }

  #serve(frame: AskFrame): void {
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
    this.#side.channel.send(writeFrame({ kind: 'want' }), true);
    for (;;) {
      const frame = readFrame(this.#side.channel.receive());
      if (frame.kind === 'taken') {
        this.#epoch++;
        this.#decoder.payload(frame.payload);
        break;
      }
      this.#incoming(frame, true);
    }
    this.#turns.held = true;
    atEndOfStretch(() => {
      this.#turns.held = false;
      this.#epoch++;
      if (this.#side.gone()) return;
      try {
        this.#send(() => ({ kind: 'yield', payload: 0 }));
      } catch (error) {
        this.#side.judge(error);
      }
    });
  }

  /** Player: waits, and does what is asked, until the arbiter's stretch is over. */
  #giveTurn(): void {
    this.#turns.wanted = false;
    this.#turns.held = true;
    this.#send(() => ({ kind: 'taken', payload: 0 }));
    for (;;) {
      const frame = readFrame(this.#side.channel.receive());
      if (frame.kind === 'yield') {
        this.#decoder.payload(frame.payload);
        break;
      }
      this.#incoming(frame, true);
    }
    this.#turns.held = false;
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
    const message = new Message();
    try {
      const frame = build(message) as Frame & { payload: Payload };
      for (const change of this.#inStep.changes()) this.#encoder.change(change, message);
      this.#encoder.finish(message);
      frame.payload = message.payload();
      this.#side.channel.send(writeFrame(frame), ring);
    } catch (error) {
      message.undo();
      throw error;
    }
    message.sent();
  }
}

/** Carries what the other side threw past our own error handling. */
class Thrown {
  value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}
