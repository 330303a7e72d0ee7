import type { Phrases } from 'kibitzer/kata';

export const texts: Phrases = {
  "Print anybody's text without letting it become part of the page":
    'Gib jeden Text aus, ohne dass er Teil der Seite wird',
  'no value gets out of its attribute, with quotes or without':
    'kein Wert kommt aus seinem Attribut heraus, mit Anführungszeichen oder ohne',
  'addresses are judged by what they are, not by what they must not be':
    'Adressen werden danach beurteilt, was sie sind, nicht danach, was sie nicht sein dürfen',
  'the data block is escaped for HTML as well as for JSON':
    'der Datenblock ist für HTML ebenso escapet wie für JSON',
  "the operator's markup is still markup": 'das Markup des Betreibers ist noch immer Markup',
  'everybody keeps every character of the name': 'jeder behält jedes Zeichen seines Namens',
};
