import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'cache-stampede',
  track: 'under-load',
  level: 3,
  order: 10,
  promise: 'Let a hundred callers wait for one answer',
  after: ['check-then-act'],
  entry: 'cache.ts',
  exports: ['createCache'],
  starter: 'everybody-asks',
  symptom: 'hundred-at-expiry',
  baits: {
    'other-keys-go-on': 'Munich had its forecast while Hamburg was still waiting.',
    'failure-reaches-all': 'When the provider failed, all ten heard of it, and it stayed the only failure.',
    'invalidate-beats-slow-load': 'What was asked before the warning was given to nobody after it.',
    'small-while-busy': 'There was no room, and still nobody asked for the same thing twice.',
  },
  themes: ['shared-waiting', 'overtaking'],
});
