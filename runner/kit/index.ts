/** Public entry "kibitzer/kit": what probes.ts is written with. */
export { framesOfError } from './frames.ts';
export { probe } from './probe.ts';
export type { ProbeContext } from './probe.ts';
export { summarise } from './sql.ts';
export type { Between } from './recorded-connection.ts';
export type { SqlWorld } from './sql.ts';
export type { Clock, Reading, VirtualClock } from './clock.ts';
export type {
  Call,
  Ending,
  Exploration,
  Explored,
  Scene,
  StageKit,
  StageWorld,
  StepFact,
  Task,
  TaskEnd,
} from './explore.ts';
export type { StageFile } from './stage-file.ts';
export type { AsyncDb, Row } from './async-db.ts';
export type { Browser, HttpFact, HttpKit, Reply, RequestOptions, Served } from './http.ts';
export type { Cookie, Cookies } from './cookies.ts';
export type { CryptoCall, CryptoKit } from './crypto.ts';
export type { HandleCount, HandleFact, HandleKit } from './handles.ts';
export type {
  CallEnd,
  ClientWorld,
  CrowdKit,
  CrowdScene,
  Pause,
  PlannedCall,
  Played,
  ToldError,
} from './crowd.ts';
export type { Log, LogFact } from './log.ts';
export { headerOf } from './peer.ts';
export type { Attempt, CarriedOut, PeerReply, PeerRequest, PeerRule, Transport } from './peer.ts';
export type { Happening, Provider, ReplyRule, TimedCall, Timetable, TimetablePlayed } from './provider.ts';
export type { Random, SeededRandom } from './random.ts';
export type { AmbientGroup, AmbientKit, AmbientUse, Shift } from './ambient.ts';
export type { HtmlElement, HtmlKit, HtmlPage } from './html.ts';
export type { Numbered, ReadFact, Reads } from './reads.ts';
export type { ProbeSpec } from '../core/verdict.ts';
export type { Fact, Frame, Site, SqlFact } from '../core/facts.ts';
