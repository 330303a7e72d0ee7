import type { Phrases } from 'kibitzer/kata';

export const texts: Phrases = {
  'Know at which line the database is asked': 'Wisse, in welcher Zeile die Datenbank gefragt wird',
  'Count and names come from one look at the table, however busy it is.':
    'Zahl und Namen stammen aus einem Blick in die Tabelle, wie viel dort auch los ist.',
  'Nobody can slip in between asking who is late and suspending them.':
    'Niemand kommt dazwischen, wenn gefragt wird, wer im Rückstand ist, und gesperrt wird.',
  'The list can be kept: it needs nothing from where it came.':
    'Die Liste lässt sich aufheben: Sie braucht nichts von dem, woher sie kam.',
};
