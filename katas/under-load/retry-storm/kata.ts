import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'retry-storm',
  track: 'under-load',
  level: 3,
  order: 12,
  after: ['hidden-clock'],
  promise: 'Retry without making the outage worse',
  entry: 'client.ts',
  exports: ['createClient'],
  starter: 'immediate-retry',
  symptom: 'pauses-grow',
  baits: {
    'clients-spread-out': 'Two hundred clients failed at once, and did not come back at once.',
    'booked-once': 'The answer was lost, the parcel was booked, and it was booked once.',
    'gives-up-together': 'A thousand calls failed, and the service was hardly busier for it.',
    'deadline-is-kept': 'When nobody waited any more, nothing was sent any more.',
  },
  themes: ['load', 'time', 'partial-failure'],
});
