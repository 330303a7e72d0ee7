import type { PhrasesById } from 'kibitzer/kata';

export const texts: PhrasesById = {
  works: {
    'it did not return a string': 'zurück kam kein String',
    'renderBook did not return a string': 'renderBook hat keinen String zurückgegeben',
    'three entries were passed in, but not three elements have the class "entry"':
      'drei Einträge wurden übergeben, aber nicht drei Elemente haben die Klasse "entry"',
    'the element of class "name" does not read as the name':
      'das Element der Klasse "name" liest sich nicht wie der Name',
    'the element of class "message" does not read as the message':
      'das Element der Klasse "message" liest sich nicht wie die Nachricht',
    'data-colour is not the colour': 'data-colour ist nicht die Farbe',
    "{name}'s entry has no link to {address}": 'der Eintrag von {name} hat keinen Link zu {address}',
    '<title> is not the title': '<title> ist nicht der Titel',
    'the banner is not on the page': 'der Banner ist nicht auf der Seite',
    'there is no <script id="entries">': 'es gibt kein <script id="entries">',
    '<script id="entries"> has another type': '<script id="entries"> hat einen anderen Typ',
  },
  'text-stays-text': {
    '{field} is read': '{field} wird gelesen',
    'the name became an element of the page: {tag}': 'name wurde zu einem Element der Seite: {tag}',
    'the message became an element of the page: {tag}': 'message wurde zu einem Element der Seite: {tag}',
    'the title became an element of the page: {tag}': 'title wurde zu einem Element der Seite: {tag}',
    'the homepage became an element of the page: {tag}': 'homepage wurde zu einem Element der Seite: {tag}',
    'the colour became an element of the page: {tag}': 'colour wurde zu einem Element der Seite: {tag}',
  },
  'attribute-stays-attribute': {
    'the {field} gave <{element}> an attribute onmouseover':
      '{field} gab <{element}> ein Attribut onmouseover',
  },
  'link-goes-to-the-web': {
    'opens {address}': 'öffnet {address}',
    'a link leads to {address}': 'ein Link führt zu {address}',
    'no link': 'kein Link',
    'the link to {address} is gone': 'der Link zu {address} ist weg',
    'the link to {address} is another one': 'der Link zu {address} ist ein anderer',
  },
  'data-block-stays-data': {
    'block ends at "{tail}, <script> runs': 'Block endet bei "{tail}, <script> läuft',
    'block ends at "{tail}, the rest is page': 'Block endet bei "{tail}, der Rest ist Seite',
    'block goes on to …{tail}': 'Block geht weiter bis …{tail}',
    'no data block': 'kein Datenblock',
    'the data block ends in the middle of a message': 'der Datenblock endet mitten in einer Nachricht',
    'the data block takes the rest of the page into itself':
      'der Datenblock nimmt den Rest der Seite in sich auf',
    'the data block is gone': 'der Datenblock ist weg',
    'the data block holds JSON escaped for HTML: it does not parse':
      'im Datenblock steht für HTML escapetes JSON: es lässt sich nicht parsen',
    'what a browser finds in the data block is not JSON':
      'was ein Browser im Datenblock findet, ist kein JSON',
    'no message': 'keine Nachricht',
    'the message in the data block is not the one that was written':
      'die Nachricht im Datenblock ist nicht die geschriebene',
    'the data block lost part of an entry': 'der Datenblock hat einen Teil eines Eintrags verloren',
  },
  'banner-is-markup': {
    'shown as {text}': 'angezeigt als {text}',
    nothing: 'nichts',
    "visitors see the tags of the operator's banner": 'Besucher sehen die Tags im Banner des Betreibers',
    "the banner's elements are not in the page": 'die Elemente des Banners sind nicht in der Seite',
  },
  'reads-back-exactly': {
    'the name does not read as it was written': 'der Name liest sich nicht, wie er geschrieben wurde',
    'the message does not read as it was written':
      'die Nachricht liest sich nicht, wie sie geschrieben wurde',
    'the title does not read as it was written': 'der Titel liest sich nicht, wie er geschrieben wurde',
  },
};
