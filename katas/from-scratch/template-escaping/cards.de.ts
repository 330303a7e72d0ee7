import type { PhrasesById } from 'kibitzer/kata';

export const texts: PhrasesById = {
  'unquoted-href': {
    '`esc` replaces & < > " and \'. The address is  x onclick=alert(1)  — does it run on a click?':
      '`esc` ersetzt & < > " und \'. Die Adresse ist  x onclick=alert(1)  — läuft das bei einem Klick?',
    'No: everything that is special to HTML has been replaced.':
      'Nein: alles, was für HTML besonders ist, wurde ersetzt.',
    'Yes: no quote was needed to leave an attribute without quotes.':
      'Ja: um ein Attribut ohne Anführungszeichen zu verlassen, braucht es keines.',
    'No: onclick is part of the address.': 'Nein: onclick ist ein Teil der Adresse.',
    'A value without quotes ends at the first blank. What follows is an attribute of its own.':
      'Ein Wert ohne Anführungszeichen endet am ersten Leerzeichen. Was folgt, ist ein eigenes Attribut.',
  },
  'checked-at-the-door': {
    'Comments are checked for < and > when they are posted. Where can a comment still become page?':
      'Kommentare werden beim Absenden auf < und > geprüft. Wo kann ein Kommentar trotzdem zu Seite werden?',
    'Nowhere: what is stored has been checked.': 'Nirgends: was gespeichert ist, wurde geprüft.',
    'In the list: what the importer stores never passed the check.':
      'In der Liste: was der Importer speichert, hat nie eine Prüfung gesehen.',
    'In the POST handler: the check runs too late.': 'Im POST-Handler: die Prüfung kommt zu spät.',
    'Whatever prints text cannot know by which door it came. Escaping at output does not have to.':
      'Was Text ausgibt, kann nicht wissen, durch welche Tür er kam. Escaping bei der Ausgabe muss es nicht wissen.',
  },
  'banned-scheme': {
    'Which of these addresses does the check let through as a link that runs code?':
      'Welche dieser Adressen lässt die Prüfung als Link durch, der Code ausführt?',
    '"  JavaScript:alert(1)"': '"  JavaScript:alert(1)"',
    '"java\\tscript:alert(1)", with a tab in it': '"java\\tscript:alert(1)", mit einem Tab darin',
    'None of them.': 'Keine davon.',
    'Browsers drop tabs and line ends inside an address. A list of what is allowed has no such gaps.':
      'Browser lassen Tabs und Zeilenenden in einer Adresse weg. Eine Liste des Erlaubten hat solche Lücken nicht.',
  },
  'state-in-a-script': {
    'The draft contains  </script><script>alert(1)</script>  — what happens?':
      'Der Entwurf enthält  </script><script>alert(1)</script>  — was geschieht?',
    'Nothing: to JavaScript the draft is a string.': 'Nichts: für JavaScript ist der Entwurf ein String.',
    'The first script ends inside the string, and the second one runs.':
      'Das erste Script endet mitten im String, und das zweite läuft.',
    'JSON.stringify throws.': 'JSON.stringify wirft.',
    'HTML looks for the end tag before JavaScript looks at anything, and it knows no strings.':
      'HTML sucht den End-Tag, bevor JavaScript irgendetwas ansieht, und Strings kennt es nicht.',
  },
  'search-box': {
    'A shop prints what was searched for. Who notices this line first?':
      'Ein Shop zeigt an, wonach gesucht wurde. Wer bemerkt diese Zeile zuerst?',
    'Somebody who looks for "Marks & Spencer" or for 3/4" pipes.':
      'Jemand, der nach "Marks & Spencer" oder nach 3/4"-Rohren sucht.',
    'Somebody who attacks the shop.': 'Jemand, der den Shop angreift.',
    'Nobody: these characters have no place in a search.':
      'Niemand: diese Zeichen haben in einer Suche nichts verloren.',
    'Nothing gets in, but honest text comes out wrong. Changing how it is written loses nothing.':
      'Es kommt nichts hinein, aber ehrlicher Text kommt falsch heraus. Nur die Schreibweise zu ändern verliert nichts.',
  },
  'icon-in-a-button': {
    'What does the button show?': 'Was zeigt der Button?',
    'The icon and "Save".': 'Das Icon und "Save".',
    'The source of the icon as text, and "Save".': 'Den Quelltext des Icons als Text, und "Save".',
    'An empty button.': 'Einen leeren Button.',
    'icon() made markup, button() took it for text. With one type for both, nothing can tell them apart.':
      'icon() hat Markup gemacht, button() hat es für Text gehalten. Haben beide denselben Typ, kann nichts sie unterscheiden.',
  },
  'escaped-in-the-database': {
    'A customer is called "Fish & Chips". What does the browser show?':
      'Ein Kunde heißt "Fish & Chips". Was zeigt der Browser?',
    'Fish & Chips': 'Fish & Chips',
    'Fish &amp; Chips': 'Fish &amp; Chips',
    'Fish &amp;amp; Chips': 'Fish &amp;amp; Chips',
    'Escaped twice, decoded once: one escape is left to read. Invoices and letters from that table show it too.':
      'Zweimal escapet, einmal dekodiert: ein Escape bleibt zu lesen. Auch Rechnungen und Briefe aus dieser Tabelle zeigen es.',
  },
  'order-of-replaces': {
    'What does a browser show for  esc("1 < 2") ?': 'Was zeigt ein Browser für  esc("1 < 2") ?',
    '1 < 2': '1 < 2',
    '1 &lt; 2': '1 &lt; 2',
    '1 &amp;lt; 2': '1 &amp;lt; 2',
    'The last step finds the & that the first one wrote. The escape character goes first.':
      'Der letzte Schritt findet das &, das der erste geschrieben hat. Das Escape-Zeichen kommt zuerst.',
  },
  'only-the-brackets': {
    'A forum about HTML shows posts with this. A post says: use &lt; for a bracket. What is shown?':
      'Ein Forum über HTML zeigt Beiträge damit an. In einem steht: use &lt; for a bracket. Was ist zu sehen?',
    'use &lt; for a bracket': 'use &lt; for a bracket',
    'use < for a bracket': 'use < for a bracket',
    'use &amp;lt; for a bracket': 'use &amp;lt; for a bracket',
    'The & of the post was left as it is, so the browser decodes what the author meant literally.':
      'Das & des Beitrags blieb, wie es war, also dekodiert der Browser, was wörtlich gemeint war.',
  },
};
