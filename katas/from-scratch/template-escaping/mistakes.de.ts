import type { PhrasesById } from 'kibitzer/kata';

export const texts: PhrasesById = {
  'raw-output': {
    'text is parsed as page': 'Text wird als Seite geparst',
    'Escape at output, for the place where the text lands.':
      'Escape bei der Ausgabe, für die Stelle, an der der Text landet.',
    'When does text turn into page: when it is stored, or when it is written out?':
      'Wann wird aus Text Seite: wenn er gespeichert wird, oder wenn er ausgegeben wird?',
    'Write one function that puts text into a page; use it at every hole; never at storing.':
      'Schreib eine Funktion, die Text in eine Seite setzt; nimm sie an jeder Lücke; nie beim Speichern.',
    'the {field} became an element of the page': '{field} wurde zu einem Element der Seite',
    'Which of these lines took the {field} that became an element?':
      'Welche dieser Zeilen hat das Feld {field} genommen, das zum Element wurde?',
    'between here and the page nothing turned its markup into text':
      'zwischen hier und der Seite hat nichts das Markup zu Text gemacht',
    'what it took brings the end tag of the element around it':
      'was sie genommen hat, bringt den End-Tag des Elements mit, in dem es steht',
    'on the way from here to the page some tags are let through, and each adds an element':
      'auf dem Weg von hier zur Seite werden manche Tags durchgelassen, und jeder fügt ein Element hinzu',
    'what becomes of the text from here on stops some markup, but not this':
      'was von hier an damit geschieht, hält manches Markup auf, dieses nicht',
    'This works only if nobody ever writes markup into a {field}.':
      'Das klappt nur, wenn nie jemand Markup in das Feld {field} schreibt.',
    'This works only if nobody writes the end tag of the element around it.':
      'Das klappt nur, wenn niemand den End-Tag des umgebenden Elements schreibt.',
    'This works only if visitors may add elements, as long as these are harmless.':
      'Das klappt nur, wenn Besucher Elemente hinzufügen dürfen, solange sie harmlos sind.',
    'This works only if a pattern finds every tag that a browser finds.':
      'Das klappt nur, wenn ein Muster jeden Tag findet, den ein Browser findet.',
  },
  'attribute-break-out': {
    'the value ends its own attribute': 'der Wert beendet sein eigenes Attribut',
    'Escaping depends on the context; quote every attribute.':
      'Escaping hängt vom Kontext ab; setz jedes Attribut in Anführungszeichen.',
    'Which characters can end the place where this value lands?':
      'Welche Zeichen können die Stelle beenden, an der dieser Wert landet?',
    'List the kinds of places; give each its own escaping; quote all attributes.':
      'Zähl die Arten von Stellen auf; gib jeder ihr eigenes Escaping; setz alle Attribute in Anführungszeichen.',
    'a value became an attribute of its own': 'ein Wert wurde zu einem eigenen Attribut',
    'Which of these lines took the {field} that left its attribute?':
      'Welche dieser Zeilen hat das Feld {field} genommen, das sein Attribut verließ?',
    'the value from here has no quotes around it: a blank ends it':
      'um den Wert von hier stehen keine Anführungszeichen: ein Leerzeichen beendet ihn',
    'the value from here brings the quote that ends it':
      'der Wert von hier bringt das Anführungszeichen mit, das ihn beendet',
    'This works only if the value contains no blank. Nothing else holds it together.':
      'Das klappt nur, wenn der Wert kein Leerzeichen enthält. Sonst hält ihn nichts zusammen.',
    'This works only if nobody writes the quote that the template writes.':
      'Das klappt nur, wenn niemand das Anführungszeichen schreibt, das das Template schreibt.',
  },
  'scheme-hole': {
    'an escaped link can still be code': 'ein escapeter Link kann trotzdem Code sein',
    'Escaping keeps the syntax; a link also needs a permitted meaning.':
      'Escaping wahrt die Syntax; ein Link braucht auch eine erlaubte Bedeutung.',
    'A perfectly escaped link was followed. What did it do?':
      'Jemand ist einem tadellos escapeten Link gefolgt. Was hat der getan?',
    'Read the scheme after trimming and lower-casing; allow the few you want.':
      'Lies das Schema nach Trimmen und Kleinschreiben; erlaub die wenigen, die du willst.',
    'a link leads to code': 'ein Link führt zu Code',
    'Which of these lines took the homepage that became the link?':
      'Welche dieser Zeilen hat die homepage genommen, die zum Link wurde?',
    'the address from here becomes a link whatever its scheme is':
      'die Adresse von hier wird zum Link, welches Schema sie auch hat',
    'the address from here passed the check, and is no address of a page':
      'die Adresse von hier hat die Prüfung bestanden und ist keine Adresse einer Seite',
    'This works only if everybody spells the scheme the way the check does.':
      'Das klappt nur, wenn alle das Schema so schreiben wie die Prüfung.',
    'This works only if an address with https: in it begins with it.':
      'Das klappt nur, wenn eine Adresse, in der https: vorkommt, auch damit beginnt.',
    'This works only if the banned schemes are all that can do harm.':
      'Das klappt nur, wenn allein die verbotenen Schemata schaden können.',
    'This works only if every address is the address of a page.':
      'Das klappt nur, wenn jede Adresse die Adresse einer Seite ist.',
  },
  'json-break-out': {
    'HTML reads the data block before JSON does': 'HTML liest den Datenblock, bevor JSON es tut',
    'Nested languages are escaped for the outer one too.':
      'Verschachtelte Sprachen escapet man auch für die äußere.',
    'Two readers go over the data block. Which one comes first, and what does it look for?':
      'Zwei Leser gehen über den Datenblock. Welcher kommt zuerst, und wonach sucht er?',
    'Write the JSON so that it holds no character that means something to HTML; JSON has escapes of its own.':
      'Schreib das JSON so, dass kein Zeichen darin für HTML etwas bedeutet; JSON hat eigene Escapes.',
    'the data block does not end where the template ends it':
      'der Datenblock endet nicht da, wo das Template ihn beendet',
    'Which of these lines took the message that moved the end of the block?':
      'Welche dieser Zeilen hat die message genommen, die das Ende des Blocks verschob?',
    'to JSON the message from here is a string; HTML sees an end tag in it':
      'für JSON ist die message von hier ein String; HTML sieht darin einen End-Tag',
    'in what was read here HTML sees a comment and a script begin':
      'HTML sieht in dem, was hier gelesen wurde, einen Kommentar und ein Script beginnen',
    'This works only if HTML respects the quotes of a JSON string. It does not.':
      'Das klappt nur, wenn HTML die Anführungszeichen eines JSON-Strings achtet. Das tut es nicht.',
    'This works only if an end tag is all that HTML looks for in a script.':
      'Das klappt nur, wenn HTML in einem Script nach nichts als dem End-Tag sucht.',
  },
  'destroys-text': {
    'it takes out what it fears': 'entfernt wird, was gefährlich aussieht',
    'Keep data true; make output safe.': 'Lass die Daten wahr; mach die Ausgabe sicher.',
    'Can somebody be called like that?': 'Kann jemand so heißen?',
    'Remove nothing; change only how it is written.': 'Entfern nichts; ändere nur, wie es geschrieben wird.',
    'what visitors read is not what was written': 'was Besucher lesen, ist nicht, was geschrieben wurde',
    'the data block is not what was written': 'der Datenblock ist nicht, was geschrieben wurde',
    'a good link leads to another address': 'ein guter Link führt zu einer anderen Adresse',
    'Which of these lines took the {field} that came out incomplete?':
      'Welche dieser Zeilen hat das Feld {field} genommen, das unvollständig herauskam?',
    'what it took was whole; what reaches the page is not':
      'was sie genommen hat, war ganz; was auf der Seite ankommt, ist es nicht',
    'This works only if nobody honest writes these characters.':
      'Das klappt nur, wenn niemand mit guter Absicht diese Zeichen schreibt.',
  },
  'escapes-everything': {
    'what is not text is escaped as text': 'was kein Text ist, wird als Text escapet',
    'Type markup apart from text; one escape does not fit every place.':
      'Gib Markup einen eigenen Typ; ein Escaping passt nicht an jede Stelle.',
    'Two strings reach the page. By what can the template tell which of them is page already?':
      'Zwei Strings erreichen die Seite. Woran erkennt das Template, welcher von ihnen schon Seite ist?',
    'Give markup a type of its own; let only that type pass as it is; give script data its own escape.':
      'Gib Markup einen eigenen Typ; lass nur ihn unverändert durch; gib den Daten im Script ihr eigenes Escaping.',
    'what was no text was escaped as text': 'was kein Text war, wurde als Text escapet',
    'Which of these lines took the markup that came out as text?':
      'Welche dieser Zeilen hat das Markup genommen, das als Text herauskam?',
    'Which of these lines took the data that no longer parses?':
      'Welche dieser Zeilen hat die Daten genommen, die sich nicht mehr parsen lassen?',
    'the banner from here is page already, and was escaped as if it were text':
      'der Banner von hier ist schon Seite und wurde escapet, als wäre er Text',
    'a script is not read as HTML text: what was read here stays full of &quot;':
      'ein Script wird nicht als HTML-Text gelesen: was hier gelesen wurde, bleibt voller &quot;',
    'This works only if every string that reaches the page is text. This one is page.':
      'Das klappt nur, wenn jeder String, der die Seite erreicht, Text ist. Dieser ist Seite.',
    'This works only if a browser decodes &quot; in a script. There it does not.':
      'Das klappt nur, wenn ein Browser &quot; in einem Script dekodiert. Dort tut er es nicht.',
  },
  'double-escape': {
    'text is escaped once too often': 'Text wird einmal zu oft escapet',
    'Escape exactly once, where the text goes out.': 'Escape genau einmal, da wo der Text hinausgeht.',
    'How often does a browser decode a text, and how often was it escaped by then?':
      'Wie oft dekodiert ein Browser einen Text, und wie oft war der bis dahin escapet?',
    'Let text stay text until it is written out; escape it there, once, for that place.':
      'Lass Text Text sein, bis er ausgegeben wird; escape ihn dort, einmal, für diese Stelle.',
    'visitors read the escapes instead of the characters': 'Besucher lesen die Escapes statt der Zeichen',
    'the data block holds escapes that nothing decodes': 'im Datenblock stehen Escapes, die nichts dekodiert',
    'Which of these lines escapes an escape?': 'Welche dieser Zeilen escapet ein Escape?',
    'Which of these lines took the {field} that was escaped once too often?':
      'Welche dieser Zeilen hat das Feld {field} genommen, das einmal zu oft escapet wurde?',
    'when it comes to the &, it finds those that the other escapes wrote':
      'wenn sie zum & kommt, findet sie die, die von den anderen Escapes stammen',
    'what it took was escaped for HTML text, and landed where nothing decodes it':
      'was sie genommen hat, wurde für HTML-Text escapet und landete, wo nichts es dekodiert',
    'between here and the page the text was escaped twice; a browser decodes once':
      'zwischen hier und der Seite wurde zweimal escapet; ein Browser dekodiert einmal',
    'This works only if no escape has been written yet when & is escaped.':
      'Das klappt nur, wenn noch kein Escape geschrieben ist, wenn & escapet wird.',
    'This works only if one more escape cannot hurt.':
      'Das klappt nur, wenn ein Escape mehr nicht schaden kann.',
  },
  'turns-good-away': {
    'a good address loses its link': 'eine gute Adresse verliert ihren Link',
    'An allow-list must hold everything that was promised.':
      'Eine Liste des Erlaubten muss alles enthalten, was versprochen wurde.',
    'Which addresses does the contract promise to link? Which of them gets through?':
      'Welche Adressen verspricht der Vertrag zu verlinken? Welche davon kommt durch?',
    'Take the list from the contract, word by word; try one address of each kind.':
      'Nimm die Liste aus dem Vertrag, Wort für Wort; probier von jeder Art eine Adresse.',
    'a good address is not linked': 'eine gute Adresse ist nicht verlinkt',
    'Which of these lines took the homepage that is not linked?':
      'Welche dieser Zeilen hat die homepage genommen, die nicht verlinkt ist?',
    'what becomes of the address from here on takes it for a bad one':
      'was von hier an mit der Adresse geschieht, hält sie für eine schlechte',
    'This works only if every good address looks like those that are let through.':
      'Das klappt nur, wenn jede gute Adresse aussieht wie die, die durchgelassen werden.',
  },
  'half-escape': {
    'what looks like a reference is decoded': 'was wie eine Referenz aussieht, wird dekodiert',
    'The character that begins an escape needs an escape itself.':
      'Das Zeichen, mit dem ein Escape beginnt, braucht selbst ein Escape.',
    'How can somebody write in the guest book how an ampersand is written in HTML?':
      'Wie schreibt man ins Gästebuch, wie ein kaufmännisches Und in HTML geschrieben wird?',
    'Escape the ampersand as well, and before the others; in one function, for every text.':
      'Escape auch das &, und zwar vor den anderen; in einer Funktion, für jeden Text.',
    'the & that it took still means something when it is in the page':
      'das & von hier bedeutet auf der Seite noch etwas',
    'This works only if nobody writes &amp; and means these five characters.':
      'Das klappt nur, wenn niemand &amp; schreibt und diese fünf Zeichen meint.',
    'a visitor writes &amp; and everybody reads &': 'ein Besucher schreibt &amp; und alle lesen &',
    'a link with &amp; in it leads to another address':
      'ein Link mit &amp; darin führt zu einer anderen Adresse',
    'Which of these lines took the {field} that came out decoded?':
      'Welche dieser Zeilen hat das Feld {field} genommen, das dekodiert herauskam?',
  },
};
