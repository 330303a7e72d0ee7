import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'n-plus-one',
  track: 'data-access',
  level: 2,
  order: 6,
  after: ['lazy-query'],
  promise: 'Ask one question instead of one per row',
  entry: 'orders.ts',
  exports: ['openOrders'],
  starter: 'query-per-row',
  symptom: 'statements-do-not-grow',
  baits: {
    'rows-do-not-explode': 'Lines and notes were never multiplied with each other on the way.',
    'each-thing-once': 'Every sum counts each line and each delivery once.',
    'order-without-lines': 'An order with nothing in it is still an order.',
    'any-text': 'Text may be any text: nothing in it is taken for a boundary.',
  },
  themes: ['counting-questions', 'joins', 'absence'],
});
