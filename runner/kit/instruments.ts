import type { RequestListener } from 'node:http';
import { AmbientKit } from './ambient.ts';
import { VirtualClock } from './clock.ts';
import { CryptoKit } from './crypto.ts';
import { Crowd } from './crowd.ts';
import { fixed } from './fixed.ts';
import { HandleKit } from './handles.ts';
import { serveListener, type LearnerServer } from './http-server.ts';
import { loadLearner } from './load.ts';
import { Provider } from './provider.ts';
import { SeededRandom } from './random.ts';
import { Reads } from './reads.ts';
import { recordConnection, type RecordedConnection } from './recorded-connection.ts';
import { Stage } from './stage.ts';

/** What one probe uses of the process in which the learner's code runs. */
export interface Instruments {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly ambient: AmbientKit;
  readonly reads: Reads;
  readonly stage: Stage;
  readonly provider: Provider;
  readonly crypto: CryptoKit;
  readonly handles: HandleKit;
  readonly crowd: Crowd;
  /** loads the learner's entry as a new module graph, in a box: a namespace alone would be asked for its `then` */
  load(): Promise<{ mod: unknown }>;
  /** opens the learner's recorded connection to a database file */
  record(file: string, o: { foreignKeys: boolean }): RecordedConnection;
  /** starts a server with the learner's listener */
  serve(listener: RequestListener): LearnerServer;
  /** puts everything back */
  dispose(): void;
}

/** New instruments, for one probe. The ambient watch is on from here, before the learner's module is loaded. */
export function createInstruments(seed: number): Instruments {
  const clock = fixed(new VirtualClock());
  const ambient = fixed(new AmbientKit(clock));
  const stage = fixed(new Stage(clock));
  // after the ambient watch, whose functions it records too
  const crypto = fixed(new CryptoKit());
  const handles = fixed(new HandleKit(clock));
  const connections: RecordedConnection[] = [];
  return {
    clock,
    ambient,
    random: fixed(new SeededRandom(seed)),
    reads: fixed(new Reads()),
    stage,
    provider: fixed(new Provider(clock, stage)),
    crowd: fixed(new Crowd(clock)),
    crypto,
    handles,
    serve: serveListener,
    load: async () => ({ mod: await loadLearner() }),
    record(file, o) {
      const connection = recordConnection(file, o);
      connections.push(connection);
      return connection;
    },
    dispose() {
      stage.dispose();
      for (const connection of connections) connection.close();
      handles.restore();
      crypto.restore();
      ambient.restore();
    },
  };
}
