import type { PhrasesById } from 'kibitzer/kata';

export const texts: PhrasesById = {
  works: {
    'id, name or email is not as in the table': 'id, name oder email ist nicht wie in der Tabelle',
    'lists nobody instead of Olga, Ben, Ada': 'zählt niemanden auf statt Olga, Ben, Ada',
    'lists {names} instead of Olga, Ben, Ada': 'zählt {names} auf statt Olga, Ben, Ada',
    'suspendOverdue returns no list of letters': 'suspendOverdue gibt keine Liste von Briefen zurück',
    'a letter is addressed to {to}, who is no member': 'ein Brief geht an {to}; so heißt kein Mitglied',
    'the letter to {to} does not contain the name {name}': 'der Brief an {to} enthält den Namen {name} nicht',
    'the count of summary is no number': 'count von summary ist keine Zahl',
    'the names of summary are no list': 'names von summary ist keine Liste',
    'the names of summary are not the names of members':
      'names von summary sind nicht die Namen von Mitgliedern',
  },
  'letters-for-the-suspended': {
    '1 member suspended, 1 letter written': '1 Mitglied gesperrt, 1 Brief geschrieben',
    '1 member suspended, {letters} letters written': '1 Mitglied gesperrt, {letters} Briefe geschrieben',
    '{members} members suspended, 1 letter written': '{members} Mitglieder gesperrt, 1 Brief geschrieben',
    '{members} members suspended, {letters} letters written':
      '{members} Mitglieder gesperrt, {letters} Briefe geschrieben',
    'a second call suspends nobody and writes 1 letter':
      'ein zweiter Aufruf sperrt niemanden und schreibt 1 Brief',
    'a second call suspends nobody and writes {letters} letters':
      'ein zweiter Aufruf sperrt niemanden und schreibt {letters} Briefe',
  },
  'list-is-of-its-moment': {
    "list = overdue('{day}'); Ben pays; the list is read":
      "list = overdue('{day}'); Ben zahlt; die Liste wird gelesen",
    'nobody else can write while the list is in use: the database is locked':
      'niemand sonst kann schreiben, solange die Liste in Gebrauch ist: die Datenbank ist gesperrt',
    'the list is taken: Olga, Ben and Ada are overdue':
      'die Liste wird geholt: Olga, Ben und Ada sind im Rückstand',
    'Ben pays, from another program': 'Ben zahlt, über ein anderes Programm',
    'taken with {taken} overdue, the list shows {shown} after Ben has paid':
      'geholt mit {taken} Säumigen, zeigt die Liste {shown}, nachdem Ben gezahlt hat',
    'overdue is called again: no statement is sent':
      'overdue wird noch einmal aufgerufen: es wird kein Statement geschickt',
    'overdue is called again': 'overdue wird noch einmal aufgerufen',
    '2 are overdue now, a new call of overdue lists {count}':
      'jetzt sind 2 im Rückstand, ein neuer Aufruf von overdue zählt {count} auf',
    'the later call has changed the list that was handed out before':
      'der spätere Aufruf hat die zuvor ausgehändigte Liste geändert',
  },
  'looking-costs-nothing': {
    "list = overdue('{day}'), gone through {looks} times":
      "list = overdue('{day}'), {looks}-mal durchgegangen",
    'statements for {looks} more looks': 'Statements für {looks} weitere Blicke',
    'the first look shows 1 member, a later one {later}':
      'der erste Blick zeigt 1 Mitglied, ein späterer {later}',
    'the first look shows {first} members, a later one {later}':
      'der erste Blick zeigt {first} Mitglieder, ein späterer {later}',
    '{looks} more looks at one list: 1 statement': '{looks} weitere Blicke in eine Liste: 1 Statement',
    '{looks} more looks at one list: {count} statements':
      '{looks} weitere Blicke in eine Liste: {count} Statements',
  },
  'summary-agrees-with-itself': {
    "summary('{day}'), while Gus joins": "summary('{day}'), während Gus beitritt",
    'wrong while nobody else writes': 'falsch, auch wenn sonst niemand schreibt',
    'Gus joins, overdue already': 'Gus tritt bei, schon im Rückstand',
    'Gus joins, overdue already: kept out by a transaction':
      'Gus tritt bei, schon im Rückstand: von einer Transaktion draußen gehalten',
    'count {count} above 1 name': 'count {count} über 1 Namen',
    'count {count} above {names} names': 'count {count} über {names} Namen',
    'the names are those of no moment': 'die Namen gehören zu keinem Augenblick',
  },
  'list-survives-the-connection': {
    "list = overdue('{day}'); the database is closed; the list is read":
      "list = overdue('{day}'); die Datenbank wird geschlossen; die Liste wird gelesen",
    'the connection is closed': 'die Verbindung wird geschlossen',
    'reading the list after the connection was closed: {message}':
      'beim Lesen der Liste nach dem Schließen der Verbindung: {message}',
    'after the connection was closed the list shows 1 member':
      'nach dem Schließen der Verbindung zeigt die Liste 1 Mitglied',
    'after the connection was closed the list shows {count} members':
      'nach dem Schließen der Verbindung zeigt die Liste {count} Mitglieder',
  },
  'one-question-not-two': {
    "suspendOverdue('{day}'), while Ben pays": "suspendOverdue('{day}'), während Ben zahlt",
    'another office takes in Gus, overdue already, and suspends Ada':
      'ein anderes Büro nimmt Gus auf, schon im Rückstand, und sperrt Ada',
    '{act}: kept out by a transaction': '{act}: von einer Transaktion draußen gehalten',
    '{act}: the call fails ({message}), 1 member suspended, 0 letters':
      '{act}: der Aufruf scheitert ({message}), 1 Mitglied gesperrt, 0 Briefe',
    '{act}: the call fails ({message}), {count} members suspended, 0 letters':
      '{act}: der Aufruf scheitert ({message}), {count} Mitglieder gesperrt, 0 Briefe',
    'the call fails ({message}), and so does the next: {again}':
      'der Aufruf scheitert ({message}), und der nächste auch: {again}',
    '{name} paid in between and was suspended all the same':
      '{name} hat inzwischen gezahlt und wurde trotzdem gesperrt',
    'letters to {letters}; this call suspended {suspended}':
      'Briefe an {letters}; gesperrt hat dieser Aufruf {suspended}',
    '1 letter written, 1 member suspended': '1 Brief geschrieben, 1 Mitglied gesperrt',
    '1 letter written, {members} members suspended': '1 Brief geschrieben, {members} Mitglieder gesperrt',
    '{letters} letters written, 1 member suspended': '{letters} Briefe geschrieben, 1 Mitglied gesperrt',
    '{letters} letters written, {members} members suspended':
      '{letters} Briefe geschrieben, {members} Mitglieder gesperrt',
    'while another program reads': 'während ein anderes Programm liest',
    '{act}: the call fails, and so does the next: {again}':
      '{act}: der Aufruf scheitert, und der nächste auch: {again}',
    '{act}: the call ends and leaves the table locked':
      '{act}: der Aufruf endet und lässt die Tabelle gesperrt zurück',
    '{act}: in the end {members} members suspended, {letters} letters written':
      '{act}: am Ende {members} Mitglieder gesperrt, {letters} Briefe geschrieben',
  },
  'fetches-what-it-needs': {
    "overdue('{day}'), 3 of 5,000 members": "overdue('{day}'), 3 von 5000 Mitgliedern",
    'rows fetched by {call}, 3 members overdue': 'von {call} geholte Datensätze, 3 Mitglieder im Rückstand',
    '{call} fetches {rows} rows for 3 members overdue':
      '{call} holt {rows} Datensätze für 3 säumige Mitglieder',
  },
};
