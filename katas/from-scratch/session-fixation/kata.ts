import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'session-fixation',
  track: 'from-scratch',
  level: 3,
  order: 9,
  promise: 'Make a login that nobody can prepare in advance',
  entry: 'site.ts',
  exports: ['createSite'],
  starter: 'id-survives-login',
  symptom: 'planted-before-login',
  baits: {
    'invented-id': 'A key that some browser made up opened nothing, and nothing was begun under it.',
    'basket-comes-along': 'The key changed at the login, and the basket came along all the same.',
    'logout-ends-it': 'Logging out ended one session: this one, everywhere, and no other.',
    'another-reader': 'Whoever logged in after Ann found nothing of hers.',
  },
  themes: ['session-keys', 'trust-boundary', 'unguessable'],
});
