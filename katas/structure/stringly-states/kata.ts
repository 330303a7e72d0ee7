import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'stringly-states',
  track: 'structure',
  level: 2,
  order: 13,
  promise: 'Make an impossible order impossible',
  entry: 'order.ts',
  exports: ['openOrder', 'restore'],
  starter: 'impossible-combination',
  symptom: 'every-order',
  baits: {
    'refused-changes-nothing': 'What was refused left no trace.',
    'view-fits-the-phase': 'A parcel that came back was gone from the order, too.',
    'allowed-tells-the-truth': 'What the order says it allows is what it allows.',
    'odd-records': 'No record was believed because the shop had written it.',
  },
  themes: ['states', 'one-source-of-truth', 'parse-at-the-border'],
});
