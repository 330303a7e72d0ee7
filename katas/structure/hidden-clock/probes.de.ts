import type { PhrasesById } from 'kibitzer/kata';

export const texts: PhrasesById = {
  works: {
    'the ticket has no id': 'das Ticket hat keine id',
    'an early ticket costs {price} instead of {right}': 'ein frühes Ticket kostet {price} statt {right}',
    'boughtAt is {value}, no number of milliseconds': 'boughtAt ist {value}, keine Zahl von Millisekunden',
    'validUntil is {value}, no number of milliseconds':
      'validUntil ist {value}, keine Zahl von Millisekunden',
    'luckyNumber is {value}': 'luckyNumber ist {value}',
    'two tickets of one desk have the same id': 'zwei Tickets einer Kasse haben dieselbe id',
    "after the event's day has begun the price is not {price}":
      'wenn der Tag der Vorstellung begonnen hat, ist der Preis nicht {price}',
    'a day far ahead is not early': 'ein ferner Tag ist nicht früh',
    'a day long past is early': 'ein längst vergangener Tag ist früh',
    'the day before is not early': 'der Tag davor ist nicht früh',
    'the day itself is early': 'der Tag selbst ist früh',
    'bought {time}, but boughtAt is {value}': 'gekauft {time}, aber boughtAt ist {value}',
    'bought {time}, valid until {value}': 'gekauft {time}, gültig bis {value}',
    'just bought, and {ms} ms have passed': 'eben gekauft, und {ms} ms sind vergangen',
    'draw gives none of the tickets': 'draw gibt keines der Tickets zurück',
  },
  'only-the-given-clock': {
    "createDesk({ clock }) with the computer's clock in 2031":
      'createDesk({ clock }), die Uhr des Computers steht auf 2031',
    "{what}, computer's clock in 2031": '{what}, Uhr des Computers auf 2031',
    "{what} is {actual} instead of {expected} when the computer's clock says 2031":
      '{what} ist {actual} statt {expected}, wenn die Uhr des Computers 2031 zeigt',
    '{what}, two desks in turn': '{what}, zwei Kassen im Wechsel',
    '{what} is {actual} instead of {expected} when the other has another clock':
      '{what} ist {actual} statt {expected}, wenn die andere eine andere Uhr hat',
    '{what} of the first desk': '{what} der ersten Kasse',
    '{what} of the second desk': '{what} der zweiten Kasse',
    'ticket {n}': 'Ticket {n}',
  },
  'only-the-given-chance': {
    'createDesk({ random }) twice with the same seed': 'createDesk({ random }), zweimal mit demselben Seed',
    '{what}, second run with the same seed': '{what}, zweiter Lauf mit demselben Seed',
    'the same seed gave the {what} {first}, then {second}':
      'derselbe Seed ergab {what} {first}, dann {second}',
    '{what} is {actual} instead of {expected} when the other has another seed':
      '{what} ist {actual} statt {expected}, wenn die andere einen anderen Seed hat',
    'twelve seeds gave the same lucky numbers': 'zwölf Seeds ergaben dieselben Glückszahlen',
    'twelve seeds drew the same winner of six, {winner}':
      'zwölf Seeds zogen denselben Gewinner aus sechs, {winner}',
  },
  'one-now-per-decision': {
    "buy('{day}') while midnight passes": "buy('{day}'), während Mitternacht vergeht",
    'one ticket: boughtAt {at}, {what} {actual}': 'ein Ticket: boughtAt {at}, {what} {actual}',
    '{what}, boughtAt {at}': '{what}, boughtAt {at}',
    clock: 'Uhr',
  },
  'end-of-day-in-the-zone': {
    'in Auckland it is {time}; process in {place}: {value}':
      'in Auckland ist es {time}; Prozess in {place}: {value}',
    '{what}, process in {place}': '{what}, Prozess in {place}',
    '{time} in Auckland: {what} is {one} (process: UTC) or {two} (Los Angeles)':
      '{time} in Auckland: {what} ist {one} (Prozess: UTC) oder {two} (Los Angeles)',
    "isEarly('{day}') is {value} at {time} in Auckland": "isEarly('{day}') ist {value} um {time} in Auckland",
    "isEarly('{day}') at {time} in Auckland": "isEarly('{day}') um {time} in Auckland",
    "isEarly('{day}') does not end at midnight in Auckland":
      "isEarly('{day}') endet nicht um Mitternacht in Auckland",
    'validUntil, bought {time} in Auckland': 'validUntil, gekauft {time} in Auckland',
    'bought {time} in Auckland, valid until {value}': 'gekauft {time} in Auckland, gültig bis {value}',
    '{what} is {actual} instead of {expected} when the other is in another zone':
      '{what} ist {actual} statt {expected}, wenn die andere in einer anderen Zone steht',
  },
  'short-and-long-day': {
    "createDesk({ zone: 'Europe/Berlin' }).buy(…) on 29 March":
      "createDesk({ zone: 'Europe/Berlin' }).buy(…) am 29. März",
    'validUntil, bought {time} in Berlin': 'validUntil, gekauft {time} in Berlin',
    'bought {time} in Berlin: valid until {value}': 'gekauft {time} in Berlin: gültig bis {value}',
    'bought {time} in Berlin: validUntil misses midnight by {ms} ms':
      'gekauft {time} in Berlin: validUntil verfehlt Mitternacht um {ms} ms',
    "isEarly('{day}') at {time} in Berlin": "isEarly('{day}') um {time} in Berlin",
    "isEarly('{day}') is {value} at {time} in Berlin": "isEarly('{day}') ist {value} um {time} in Berlin",
  },
  'clock-goes-back': {
    'elapsedSince(ticket) after the clock was set back by a second':
      'elapsedSince(ticket), nachdem die Uhr eine Sekunde zurückgestellt wurde',
    '0 or more': '0 oder mehr',
    'the clock was set back by a second: {ms} ms have passed':
      'die Uhr wurde eine Sekunde zurückgestellt: {ms} ms sind vergangen',
    'no time after the purchase {ms} ms have passed':
      'ohne dass Zeit vergeht, sind nach dem Kauf {ms} ms vergangen',
    'an hour and a half after the purchase {ms} ms have passed':
      'anderthalb Stunden nach dem Kauf sind {ms} ms vergangen',
  },
  'frozen-at-creation': {
    "isEarly('{day}') of a desk that has been open for days":
      "isEarly('{day}') einer Kasse, die seit Tagen offen ist",
    '{what}, asked at {time}': '{what}, gefragt {time}',
    'open since 20 May, asked on 1 June: {what} is {value}':
      'offen seit dem 20. Mai, gefragt am 1. Juni: {what} ist {value}',
    "price of buy('{day}')": "Preis von buy('{day}')",
    'asked on 20 May and again on 1 June, one desk answers {first} and {second}':
      'am 20. Mai gefragt und am 1. Juni noch einmal, antwortet eine Kasse {first} und {second}',
    'on the night to 1 June a desk made in winter says: {old}; one made that night: {young}':
      'in der Nacht zum 1. Juni sagt eine Kasse vom Winter: {old}; eine aus dieser Nacht: {young}',
    'early {early}, valid until {time}': 'früh {early}, gültig bis {time}',
  },
  'default-still-works': {
    '{call} and then every method once: {message}': '{call} und dann jede Methode einmal: {message}',
    '{call} gives the lucky numbers {numbers}': '{call} ergibt die Glückszahlen {numbers}',
    '{call} draws none of the tickets': '{call} zieht keines der Tickets',
    'a desk without options takes the time from elsewhere: {time}':
      'eine Kasse ohne Optionen nimmt die Zeit von anderswo: {time}',
    "a desk without options does not follow the computer's clock":
      'eine Kasse ohne Optionen folgt der Uhr des Computers nicht',
    "a desk without options does not end the day at the computer's midnight":
      'eine Kasse ohne Optionen beendet den Tag nicht um Mitternacht des Computers',
    '{what}, desk without options in Auckland': '{what}, Kasse ohne Optionen in Auckland',
    'elapsedSince after an hour': 'elapsedSince nach einer Stunde',
    'two desks without options gave the same eight lucky numbers':
      'zwei Kassen ohne Optionen ergaben dieselben acht Glückszahlen',
  },
  '*': {
    '{day} Jan {time}': '{day}. Januar {time}',
    '{day} Mar {time}': '{day}. März {time}',
    '{day} Apr {time}': '{day}. April {time}',
    '{day} May {time}': '{day}. Mai {time}',
    '{day} Jun {time}': '{day}. Juni {time}',
    '{day} Jul {time}': '{day}. Juli {time}',
    '{day} Oct {time}': '{day}. Oktober {time}',
    '{day} Dec {time}': '{day}. Dezember {time}',
  },
};
