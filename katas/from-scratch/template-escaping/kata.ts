import { defineKata } from 'kibitzer/kata';

export default defineKata({
  id: 'template-escaping',
  track: 'from-scratch',
  level: 1,
  order: 2,
  promise: "Print anybody's text without letting it become part of the page",
  entry: 'guestbook.ts',
  exports: ['renderBook'],
  starter: 'raw-output',
  symptom: 'text-stays-text',
  baits: {
    'attribute-stays-attribute': 'no value gets out of its attribute, with quotes or without',
    'link-goes-to-the-web': 'addresses are judged by what they are, not by what they must not be',
    'data-block-stays-data': 'the data block is escaped for HTML as well as for JSON',
    'banner-is-markup': "the operator's markup is still markup",
    'reads-back-exactly': 'everybody keeps every character of the name',
  },
  themes: ['trust-boundary', 'nested-languages', 'types-that-carry-meaning'],
});
