import type { PhrasesById } from 'kibitzer/kata';

export const texts: PhrasesById = {
  'late-execution': {
    'the list is read after the rows have changed':
      'die Liste wird gelesen, nachdem sich die Datensätze geändert haben',
    'A query is a question; decide at which line it is asked.':
      'Eine Query ist eine Frage; entscheide, in welcher Zeile sie gestellt wird.',
    'Put a finger on the line where rows first exist in memory. Is it before or after the change?':
      'Leg den Finger auf die Zeile, ab der es die Datensätze im Speicher gibt. Liegt sie vor oder nach der Änderung?',
    'Make reading a call of its own that gives back plain rows; call it where the question belongs; let later lines use only the rows.':
      'Mach aus dem Lesen einen eigenen Aufruf, der einfache Datensätze zurückgibt; ruf ihn dort auf, wo die Frage hingehört; lass spätere Zeilen nur noch die Datensätze verwenden.',
    'Which of these lines sent the {statement} that found nobody?':
      'Welche dieser Zeilen hat das {statement} geschickt, das niemanden fand?',
    'the rows are read here, after line {n} has changed them':
      'hier werden die Datensätze gelesen, nachdem Zeile {n} sie geändert hat',
    'the rows are read here, after a line has changed them':
      'hier werden die Datensätze gelesen, nachdem eine andere Zeile sie geändert hat',
    'the rows are read here, after {place} has changed them':
      'hier werden die Datensätze gelesen, nachdem {place} sie geändert hat',
    'This works only if the rows are in memory before line {n} runs. They are not.':
      'Das klappt nur, wenn die Datensätze im Speicher sind, bevor Zeile {n} läuft. Das sind sie nicht.',
    'This works only if the rows are in memory before a line runs. They are not.':
      'Das klappt nur, wenn die Datensätze vor der Änderung im Speicher sind. Das sind sie nicht.',
    'This works only if the rows are in memory before {place} runs. They are not.':
      'Das klappt nur, wenn die Datensätze im Speicher sind, bevor {place} läuft. Das sind sie nicht.',
  },
  'letters-without-change': {
    'letters go out, and nobody is suspended': 'Briefe gehen hinaus, und niemand wird gesperrt',
    'Report what was done, not what was meant.': 'Melde, was getan wurde, nicht, was gemeint war.',
    'Another program looks at the table after the call. What does it see there?':
      'Ein anderes Programm sieht nach dem Aufruf in die Tabelle. Was findet es dort?',
    'Make the change, make sure that it stays, and write letters from what was changed.':
      'Nimm die Änderung vor, sorg dafür, dass sie bleibt, und schreib die Briefe aus dem, was geändert wurde.',
    'Which of these lines changed rows that nobody else ever sees?':
      'Welche dieser Zeilen hat Datensätze geändert, ohne dass es je jemand anderes sieht?',
    'Which of these lines said who gets a letter?':
      'Welche dieser Zeilen hat bestimmt, wer einen Brief bekommt?',
    'the rows are changed here, and the change is never made final':
      'hier werden die Datensätze geändert, und die Änderung wird nie endgültig',
    'these are the people meant; after this, no row is changed':
      'das sind die Gemeinten; danach wird kein Datensatz geändert',
    'seen from another program: {count} members suspended':
      'von einem anderen Programm aus gesehen: {count} Mitglieder gesperrt',
    'seen from another program: 1 member suspended':
      'von einem anderen Programm aus gesehen: 1 Mitglied gesperrt',
    'This works only if a change need not be in the table before it is announced.':
      'Das klappt nur, wenn eine Änderung nicht in der Tabelle stehen muss, bevor sie gemeldet wird.',
  },
  'live-view': {
    'a list handed out keeps changing': 'eine ausgehändigte Liste ändert sich weiter',
    'What you hand out should say when it was true.': 'Was du aushändigst, sollte sagen, wann es galt.',
    'Who may keep what you return, and for how long?':
      'Wer darf behalten, was du zurückgibst, und wie lange?',
    'Decide what the caller gets: values of this moment. Copy them at the call, whatever happens behind.':
      'Entscheide, was der Aufrufer bekommt: die Werte dieses Augenblicks. Kopier sie beim Aufruf, was auch immer dahinter geschieht.',
    'Which of these lines read the rows that the list shows?':
      'Welche dieser Zeilen hat die Datensätze gelesen, die die Liste zeigt?',
    'its rows are read when the list is looked at, not when it is handed out':
      'die Datensätze werden gelesen, wenn jemand in die Liste sieht, nicht wenn sie ausgehändigt wird',
    'This works only if nobody writes between handing the list out and reading it.':
      'Das klappt nur, wenn zwischen dem Aushändigen und dem Lesen der Liste niemand schreibt.',
  },
  'asks-again': {
    'each look is another query': 'jeder Blick ist eine weitere Query',
    'If looking costs a query, looking twice costs two.':
      'Kostet ein Blick eine Query, so kosten zwei Blicke zwei.',
    'Who pays when a reader goes through the list twice?':
      'Wer zahlt, wenn jemand die Liste zweimal durchgeht?',
    'Let the rows arrive once, before the list is handed out; let every look go over what has arrived.':
      'Lass die Datensätze einmal ankommen, bevor die Liste ausgehändigt wird; lass jeden Blick über das gehen, was angekommen ist.',
    'Which of these lines asks the database again at each look?':
      'Welche dieser Zeilen fragt die Datenbank bei jedem Blick aufs Neue?',
    'going through the list runs this line, each time':
      'die Liste durchzugehen führt diese Zeile aus, jedes Mal',
    'This works only if going through a list is free. Here it is a query each time.':
      'Das klappt nur, wenn es nichts kostet, eine Liste durchzugehen. Hier ist es jedes Mal eine Query.',
  },
  'two-answers': {
    'one page from two moments': 'eine Seite aus zwei Augenblicken',
    'Facts shown together must be read together.': 'Was zusammen gezeigt wird, muss zusammen gelesen werden.',
    'How many times was the table asked for one page?': 'Wie oft wurde die Tabelle für eine Seite gefragt?',
    'Read once; derive count and names from the same rows.':
      'Lies einmal; leite Zahl und Namen aus denselben Datensätzen ab.',
    'Which of these lines asked the table a second time?':
      'Welche dieser Zeilen hat die Tabelle ein zweites Mal gefragt?',
    'it asks twice, once before and once after Gus has joined':
      'hier wird zweimal gefragt, einmal vor und einmal nach dem Beitritt von Gus',
    'line {n} had asked already, before Gus joined': 'Zeile {n} hatte schon gefragt, bevor Gus beitrat',
    '{place} had asked already, before Gus joined': '{place} hatte schon gefragt, bevor Gus beitrat',
    'This works only if nobody writes between lines {a} and {b}.':
      'Das klappt nur, wenn zwischen den Zeilen {a} und {b} niemand schreibt.',
    'This works only if nobody writes between the two halves of line {n}.':
      'Das klappt nur, wenn zwischen den beiden Hälften von Zeile {n} niemand schreibt.',
    'This works only if nobody writes between the two statements.':
      'Das klappt nur, wenn zwischen den beiden Statements niemand schreibt.',
    'This works only if nobody writes between {a} and {b}.':
      'Das klappt nur, wenn zwischen {a} und {b} niemand schreibt.',
  },
  'outlives-session': {
    'the result needs a connection that is gone':
      'das Ergebnis braucht eine Verbindung, die es nicht mehr gibt',
    'A result must not need the thing that produced it.':
      'Ein Ergebnis darf nicht brauchen, was es hervorgebracht hat.',
    'The list has been handed out. What does it still have to fetch?':
      'Die Liste ist ausgehändigt. Was muss sie noch holen?',
    'Finish all reading before returning; return values that are complete and need nothing else.':
      'Schließ alles Lesen ab, bevor du zurückgibst; gib Werte zurück, die vollständig sind und nichts weiter brauchen.',
    'Which of these lines still needs the connection when the list is read?':
      'Welche dieser Zeilen braucht die Verbindung noch, wenn die Liste gelesen wird?',
    'the list was handed out before this line had all it needs':
      'die Liste wurde ausgehändigt, bevor diese Zeile alles hatte, was sie braucht',
    'This works only if whoever reads the list also holds the open connection.':
      'Das klappt nur, wenn jeder, der die Liste liest, auch die offene Verbindung hat.',
  },
  'read-then-write-apart': {
    'select and update asked different questions': 'SELECT und UPDATE haben verschiedene Fragen gestellt',
    'Take the answer from the statement that did the work.':
      'Nimm die Antwort von dem Statement, das die Arbeit getan hat.',
    'Between the two statements somebody pays. Whose list is right?':
      'Zwischen den beiden Statements zahlt jemand. Wessen Liste stimmt?',
    'Either ask the writing statement which rows it changed, or hold others out from the read to the write.':
      'Frag entweder das schreibende Statement, welche Datensätze es geändert hat, oder halte die anderen vom Lesen bis zum Schreiben draußen.',
    'Which of these lines chose who gets a letter?':
      'Welche dieser Zeilen hat gewählt, wer einen Brief bekommt?',
    'Which of these lines chose who is really suspended?':
      'Welche dieser Zeilen hat gewählt, wer wirklich gesperrt wird?',
    'line {n} had suspended others than it finds':
      'Zeile {n} hatte andere gesperrt, als hier gefunden werden',
    '{place} had suspended others than it finds': '{place} hatte andere gesperrt, als hier gefunden werden',
    'line {n} only said who was late at that moment':
      'Zeile {n} hat nur gesagt, wer in jenem Augenblick im Rückstand war',
    '{place} only said who was late at that moment':
      '{place} hat nur gesagt, wer in jenem Augenblick im Rückstand war',
    'This works only if nothing happens between lines {a} and {b}.':
      'Das klappt nur, wenn zwischen den Zeilen {a} und {b} nichts geschieht.',
    'This works only if nothing happens between the two halves of line {n}.':
      'Das klappt nur, wenn zwischen den beiden Hälften von Zeile {n} nichts geschieht.',
    'This works only if nothing happens between the two statements.':
      'Das klappt nur, wenn zwischen den beiden Statements nichts geschieht.',
    'This works only if nothing happens between {a} and {b}.':
      'Das klappt nur, wenn zwischen {a} und {b} nichts geschieht.',
    'This works only if lines {a} and {b} mean exactly the same people.':
      'Das klappt nur, wenn die Zeilen {a} und {b} genau dieselben Leute meinen.',
    'This works only if the two halves of line {n} mean exactly the same people.':
      'Das klappt nur, wenn die beiden Hälften von Zeile {n} genau dieselben Leute meinen.',
    'This works only if the two statements mean exactly the same people.':
      'Das klappt nur, wenn die beiden Statements genau dieselben Leute meinen.',
    'This works only if {a} and {b} mean exactly the same people.':
      'Das klappt nur, wenn {a} und {b} genau dieselben Leute meinen.',
  },
  'left-in-transaction': {
    'a call that failed leaves its transaction open':
      'ein gescheiterter Aufruf lässt seine Transaktion offen',
    'Whoever begins a transaction ends it, on every way out.':
      'Wer eine Transaktion beginnt, beendet sie, auf jedem Weg hinaus.',
    'The call fails half-way. What does the next call find?':
      'Der Aufruf scheitert auf halbem Weg. Was findet der nächste vor?',
    'Begin, try, and whatever happens: keep all of it or undo all of it, then pass the failure on.':
      'Beginne, versuch es, und was auch immer geschieht: behalte alles oder mach alles rückgängig, dann gib den Fehler weiter.',
    'Which of these lines begins what nobody ends?': 'Welche dieser Zeilen beginnt, was niemand beendet?',
    'what is begun here was still open when the call had failed':
      'was hier beginnt, war noch offen, als der Aufruf gescheitert war',
    'This works only if nothing fails between the beginning and the end.':
      'Das klappt nur, wenn zwischen Anfang und Ende nichts scheitert.',
  },
  'old-answer': {
    'a new question gets an old answer': 'eine neue Frage bekommt eine alte Antwort',
    'An answer is true for the moment it was asked for.':
      'Eine Antwort gilt für den Augenblick, für den gefragt wurde.',
    'What would have to happen for the kept rows to be wrong, and who would know?':
      'Was müsste geschehen, damit die aufgehobenen Datensätze falsch sind, und wer würde es merken?',
    'Keep rows no longer than the call that asked for them; ask again at the next call.':
      'Heb Datensätze nicht länger auf als der Aufruf, der nach ihnen gefragt hat; frag beim nächsten Aufruf neu.',
    'Which of these lines read the rows that answered the second call too?':
      'Welche dieser Zeilen hat die Datensätze gelesen, die auch den zweiten Aufruf beantwortet haben?',
    'the second call was given the rows that the first had read':
      'der zweite Aufruf bekam die Datensätze, die der erste gelesen hatte',
    'This works only if nobody writes between two calls with the same date.':
      'Das klappt nur, wenn zwischen zwei Aufrufen mit demselben Datum niemand schreibt.',
  },
  'filter-in-the-app': {
    'the whole table came over': 'die ganze Tabelle kam herüber',
    'Let the database answer the question, not deliver the haystack.':
      'Lass die Datenbank die Frage beantworten, nicht den Heuhaufen liefern.',
    'What would this cost with a million members?': 'Was würde das bei einer Million Mitgliedern kosten?',
    'Move the condition into the question; fetch only the columns and rows that are shown.':
      'Zieh die Bedingung in die Frage; hol nur die Spalten und Zeilen, die gezeigt werden.',
    'Which of these lines fetched the whole table?': 'Welche dieser Zeilen hat die ganze Tabelle geholt?',
    'every row crosses over here; the condition is applied afterwards':
      'hier kommt jeder Datensatz herüber; die Bedingung greift erst danach',
    'This works only if fetching everything stays cheap, however big the table grows.':
      'Das klappt nur, wenn es billig bleibt, alles zu holen, wie groß die Tabelle auch wird.',
  },
};
