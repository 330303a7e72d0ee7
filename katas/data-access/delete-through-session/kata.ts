import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'delete-through-session',
  track: 'data-access',
  level: 2,
  order: 8,
  after: ['lazy-query'],
  promise: 'Tell the session what should go, and let it work out how',
  entry: 'gallery.ts',
  exports: ['openGallery'],
  starter: 'deletes-as-it-goes',
  symptom: 'file-in-use',
  baits: {
    'database-refuses': 'Whatever statement the database refused, no file had gone before its row.',
    'called-off-stays-off': 'What was called off left no trace in the next decision.',
    'everything-of-a-user': 'Removing many means the same as removing one.',
    'foreign-keys-on': 'The order of the tables was right, with and without the database watching.',
  },
  themes: ['intent-and-execution', 'what-cannot-be-undone', 'dependencies'],
});
