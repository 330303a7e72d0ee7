import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'check-then-act',
  track: 'under-load',
  level: 2,
  order: 7,
  promise: 'Two callers, one seat: see what can happen between two of your lines',
  entry: 'booking.ts',
  exports: ['openBooking'],
  starter: 'gap-between-if-and-then',
  symptom: 'one-seat-one-guest',
  baits: {
    'all-or-none':
      'Two families wanted the same two seats, and nobody was turned away for seats that nobody got.',
    'move-keeps-one': 'Whatever happened on the way, she had one seat.',
    'told-the-truth': 'No yes was given that the table did not bear out.',
    'no-lock-forever': 'Whoever died on the way left nothing locked.',
  },
  themes: ['atomicity', 'gap'],
});
