import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'password-storage',
  track: 'from-scratch',
  level: 2,
  order: 5,
  promise: 'Keep passwords so that a stolen table is not a list of passwords',
  entry: 'vault.ts',
  exports: ['openVault'],
  starter: 'fast-hash',
  symptom: 'a-list-of-forty-words',
  baits: {
    'same-password-two-rows': 'Two people with one password, and the table does not tell.',
    'cost-can-rise': 'The cost was raised, and nobody was locked out or left behind.',
    'odd-passwords': 'A password is the same on every keyboard, down to its last character.',
    'damaged-rows': 'A damaged row let nobody in, and was no accident either.',
    'unknown-name': 'A name that does not exist takes as long as one that does.',
  },
  themes: ['cost-of-attack', 'trust-boundary', 'data-that-outlives-code'],
});
