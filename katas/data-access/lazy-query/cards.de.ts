import type { PhrasesById } from 'kibitzer/kata';

export const texts: PhrasesById = {
  'spread-after-update': {
    '0': '0',
    '3': '3',
    '`overdue` returns a generator object over a SELECT; three members are overdue. What is printed?':
      '`overdue` gibt ein Generator-Objekt über einem SELECT zurück; drei Mitglieder sind im Rückstand. Was wird ausgegeben?',
    '3 the first time, 0 after that': 'beim ersten Mal 3, danach 0',
    'It throws: the rows have changed': 'Es wirft: die Zeilen haben sich geändert',
    'The SELECT runs at the spread, after the update. The first line only made the generator.':
      'Das SELECT läuft beim Spread, nach dem Update. Die erste Zeile hat nur den Generator gebaut.',
  },
  'basket-handed-out': {
    'The basket holds 2 items. What does the receipt say?': 'Im Korb liegen 2 Dinge. Was steht auf dem Bon?',
    '2 items': '2 Dinge',
    '3 items': '3 Dinge',
    'It depends on whether makeReceipt has looked at items before':
      'Es kommt darauf an, ob makeReceipt schon in items gesehen hat',
    'Each look asks the table anew, an earlier one changes nothing about that: print sees the umbrella.':
      'Jeder Blick fragt die Tabelle neu, daran ändert ein früherer nichts: print sieht den Schirm.',
  },
  'five-places': {
    '1': '1',
    '2': '2',
    '3': '3',
    'Going through `rooms` sends a SELECT. How many are sent?':
      '`rooms` durchzugehen schickt ein SELECT. Wie viele werden geschickt?',
    'one per room': 'eines pro Zimmer',
    'Two spreads and a loop: three looks, three queries, and perhaps three different answers.':
      'Zwei Spreads und eine Schleife: drei Blicke, drei Querys und vielleicht drei verschiedene Antworten.',
  },
  'average-and-list': {
    'A page shows the average and the list of marks. When can the two contradict each other?':
      'Eine Seite zeigt den Schnitt und die Liste der Noten. Wann können sich die beiden widersprechen?',
    'Never, both read the same table': 'Nie, beide lesen dieselbe Tabelle',
    'Only when this process also writes': 'Nur wenn auch dieser Prozess schreibt',
    'Whenever somebody writes between the two statements':
      'Immer wenn jemand zwischen den beiden Statements schreibt',
    'Only when there are no marks': 'Nur wenn es keine Noten gibt',
    'Two statements are two moments. Read the marks once and compute the average from them.':
      'Zwei Statements sind zwei Augenblicke. Lies die Noten einmal und rechne den Schnitt daraus.',
  },
  'report-after-close': {
    'What does the caller get?': 'Was bekommt der Aufrufer?',
    'All sales': 'Alle Verkäufe',
    'No sales, the loop ends at once': 'Keine Verkäufe, die Schleife endet sofort',
    'An error at the first step of the loop': 'Einen Fehler beim ersten Schritt der Schleife',
    'The sales up to the moment of closing': 'Die Verkäufe bis zum Augenblick des Schließens',
    'The rows are pulled one by one by the loop, and by then what they are pulled from is closed.':
      'Die Schleife holt die Zeilen eine nach der anderen, und da ist schon geschlossen, woher sie kommen.',
  },
  'ticket-numbers': {
    'Which change lets `expired` name exactly the tickets that were deleted, whoever else writes?':
      'Mit welcher Änderung nennt `expired` genau die gelöschten Tickets, wer auch immer sonst schreibt?',
    'Put the SELECT after the DELETE': 'Das SELECT hinter das DELETE stellen',
    'Let the DELETE return the ids of the rows it deleted':
      'Das DELETE die ids der gelöschten Zeilen zurückgeben lassen',
    'Prepare both statements before running either': 'Beide Statements vorbereiten, bevor eines läuft',
    'Copy expired before the DELETE': 'expired vor dem DELETE kopieren',
    'Only the statement that did the work knows what it did; every other one asks at another moment.':
      'Nur das Statement, das die Arbeit getan hat, weiß, was es getan hat; jedes andere fragt in einem anderen Augenblick.',
  },
  'rate-of-the-day': {
    "An office corrects today's rate at noon. What do calls in the afternoon return?":
      'Ein Büro berichtigt mittags den Kurs des Tages. Was geben Aufrufe am Nachmittag zurück?',
    'The corrected rate': 'Den berichtigten Kurs',
    "The morning's rate, where somebody had asked for it in the morning":
      'Den Kurs vom Morgen, wo am Morgen schon jemand danach gefragt hat',
    'An error: the row has changed': 'Einen Fehler: die Zeile hat sich geändert',
    'The answer was kept for the day; nothing in this process hears of the correction.':
      'Die Antwort wurde für den Tag aufgehoben; in diesem Prozess erfährt niemand von der Berichtigung.',
  },
  'one-of-a-million': {
    '1': '1',
    'The table has a million rows, one is wanted. How many rows come over?':
      'Die Tabelle hat eine Million Zeilen, eine wird gebraucht. Wie viele kommen herüber?',
    'on average half a million': 'im Schnitt eine halbe Million',
    'a million': 'eine Million',
    'none until p.code is read': 'keine, bis p.code gelesen wird',
    '`all` has fetched every row before `find` looks at the first; stopping early saves nothing.':
      '`all` hat jede Zeile geholt, bevor `find` die erste ansieht; früh aufzuhören spart nichts.',
  },
};
