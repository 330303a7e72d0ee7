import type { Phrases } from 'kibitzer/kata';

export const texts: Phrases = {
  'Make time and chance things you are given, not things you fetch':
    'Lass dir Zeit und Zufall geben, statt sie dir zu holen',
  'One ticket, one instant: no second look at the clock.':
    'Ein Ticket, ein Zeitpunkt: kein zweiter Blick auf die Uhr.',
  'The day with 23 hours ended at its own midnight.':
    'Der Tag mit 23 Stunden endete um seine eigene Mitternacht.',
  'A clock that was set back did not make time negative.':
    'Eine zurückgestellte Uhr hat die Zeit nicht negativ gemacht.',
  'Everything can be handed in, and nothing has to be.':
    'Alles lässt sich übergeben, und nichts muss übergeben werden.',
};
