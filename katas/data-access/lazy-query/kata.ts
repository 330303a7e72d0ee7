import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'lazy-query',
  track: 'data-access',
  level: 1,
  order: 1,
  promise: 'Know at which line the database is asked',
  entry: 'club.ts',
  exports: ['openClub'],
  starter: 'late-execution',
  symptom: 'letters-for-the-suspended',
  baits: {
    'summary-agrees-with-itself': 'Count and names come from one look at the table, however busy it is.',
    'one-question-not-two': 'Nobody can slip in between asking who is late and suspending them.',
    'list-survives-the-connection': 'The list can be kept: it needs nothing from where it came.',
  },
  themes: ['when-it-runs', 'values-and-views', 'one-question'],
});
