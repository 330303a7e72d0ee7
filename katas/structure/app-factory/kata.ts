import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'app-factory',
  track: 'structure',
  level: 1,
  order: 3,
  promise: 'Start the same application twice in one process',
  entry: 'shop.ts',
  exports: ['createApp'],
  starter: 'shared-database',
  symptom: 'two-shops',
  baits: {
    'import-is-silent': 'The file can be imported by anybody, and nothing happens.',
    'caller-keeps-config': 'What the caller does with his config later stays his own affair.',
    'same-settings-twice': 'Two applications on one database share its orders, and nothing else.',
  },
  themes: ['module-state', 'ownership', 'factories'],
});
