import type { Attack } from './attack.ts';
import { BUILT_INS } from './built-ins.ts';
import { ENDING } from './ending.ts';
import { ESCAPE } from './escape.ts';
import { INNOCENT } from './innocent.ts';
import { REPORT } from './report.ts';
import { RESOURCES } from './resources.ts';
import { TIME } from './time.ts';
import { VALUES } from './values.ts';
import { WIRE } from './wire.ts';

/** The hostile corpus: every submission with what has to come of it. */
export const CORPUS: readonly Attack[] = [
  ...ENDING,
  ...TIME,
  ...RESOURCES,
  ...BUILT_INS,
  ...WIRE,
  ...VALUES,
  ...ESCAPE,
  ...REPORT,
  ...INNOCENT,
];
