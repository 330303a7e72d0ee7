import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'unit-of-work',
  track: 'data-access',
  level: 3,
  order: 11,
  after: ['delete-through-session'],
  promise: 'Give each row one object, and each change one write',
  entry: 'session.ts',
  exports: ['openSession'],
  starter: 'two-objects',
  symptom: 'move-and-payment',
  baits: {
    'columns-of-others': 'What another program stored in the same row was left alone.',
    'try-again': 'A commit failed, was put right, and stored everything, once.',
    'same-people-again': 'Asking again did not take back what had been assigned.',
    'work-goes-on': 'The second commit knew what the first had stored.',
  },
  themes: ['identity', 'what-changed', 'all-at-once'],
});
