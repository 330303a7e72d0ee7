import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'hidden-clock',
  track: 'structure',
  level: 1,
  order: 4,
  promise: 'Make time and chance things you are given, not things you fetch',
  entry: 'desk.ts',
  exports: ['createDesk'],
  starter: 'reads-ambient-clock',
  symptom: 'only-the-given-clock',
  baits: {
    'one-now-per-decision': 'One ticket, one instant: no second look at the clock.',
    'short-and-long-day': 'The day with 23 hours ended at its own midnight.',
    'clock-goes-back': 'A clock that was set back did not make time negative.',
    'default-still-works': 'Everything can be handed in, and nothing has to be.',
  },
  themes: ['hidden-inputs', 'time', 'determinism'],
});
