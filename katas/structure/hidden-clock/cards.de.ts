import type { PhrasesById } from 'kibitzer/kata';

export const texts: PhrasesById = {
  'two-readings-one-price': {
    'The deadline is midnight, and the price changes at midnight. Can a buyer pass the early check and get the late price?':
      'Die Frist läuft bis Mitternacht, und der Preis wechselt um Mitternacht. Kann jemand die Prüfung auf früh bestehen und den späten Preis bekommen?',
    'Yes, if midnight falls between the two readings':
      'Ja, wenn Mitternacht zwischen die beiden Ablesungen fällt',
    'No, both readings are on one line': 'Nein, beide Ablesungen stehen in einer Zeile',
    'No, the clock does not move within a function':
      'Nein, innerhalb einer Funktion bewegt sich die Uhr nicht',
    'The two calls are two instants. One reading, kept in a constant, can be on one side of midnight only.':
      'Die beiden Aufrufe sind zwei Zeitpunkte. Eine Ablesung in einer Konstanten kann nur auf einer Seite von Mitternacht liegen.',
  },
  'token-that-never-expires-in-tests': {
    'A test hands in a clock that stands at noon and checks that a token issued an hour ago has expired. When does it pass?':
      'Ein Test übergibt eine Uhr, die auf Mittag steht, und prüft, dass ein vor einer Stunde ausgestelltes Token abgelaufen ist. Wann besteht er?',
    Always: 'Immer',
    "It depends on the computer's clock": 'Das hängt von der Uhr des Computers ab',
    Never: 'Nie',
    'The age comes from Date.now(). The clock that was handed in decides nothing.':
      'Das Alter kommt aus Date.now(). Die übergebene Uhr entscheidet nichts.',
  },
  'shuffle-with-a-seed': {
    'The seed is stored with the playlist. Does playing it again give the same order?':
      'Der Seed ist mit der Playlist gespeichert. Ergibt noch einmal abspielen dieselbe Reihenfolge?',
    'Yes, the seed decides': 'Ja, der Seed entscheidet',
    'Only the first song is the same': 'Nur das erste Lied ist dasselbe',
    'Only with two songs or more': 'Nur bei zwei oder mehr Liedern',
    'The rest is ordered by Math.random, which the seed does not reach.':
      'Der Rest wird mit Math.random geordnet, und dorthin kommt der Seed nicht.',
  },
  'birthday-on-the-server': {
    'The server is set to UTC; the user lives in Honolulu, ten hours behind. At 15:00 there on 3 May, which day is it here?':
      'Der Server steht auf UTC; die Nutzerin lebt in Honolulu, zehn Stunden zurück. Dort ist es 15:00 am 3. Mai: welcher Tag ist es hier?',
    '3.5.': '3.5.',
    '4.5.': '4.5.',
    'It depends on the user’s browser': 'Das hängt vom Browser der Nutzerin ab',
    'getDate() reads the calendar of the process: in UTC it is 01:00 on 4 May.':
      'getDate() liest den Kalender des Prozesses: in UTC ist es 01:00 am 4. Mai.',
  },
  'alarm-on-the-next-morning': {
    'It rings at 07:00 in Paris on Saturday, 24 October 2026. When does it ring on Sunday, after summer time has ended at night?':
      'Am Samstag, dem 24. Oktober 2026, klingelt er in Paris um 07:00. Wann klingelt er am Sonntag, nachdem in der Nacht die Sommerzeit geendet hat?',
    '06:00': '06:00',
    '07:00': '07:00',
    '08:00': '08:00',
    'That night has an hour more. 24 hours after 07:00 the clocks in Paris show 06:00.':
      'Diese Nacht hat eine Stunde mehr. 24 Stunden nach 07:00 zeigen die Uhren in Paris 06:00.',
  },
  'speed-over-a-leap': {
    'During the download the computer corrects its clock by two seconds, backwards. Which values can `rate` have?':
      'Während des Downloads stellt der Computer seine Uhr um zwei Sekunden zurück. Welche Werte kann `rate` haben?',
    'Only positive ones': 'Nur positive',
    'Negative ones and Infinity too': 'Auch negative und Infinity',
    'None, Date.now() throws': 'Keine, Date.now() wirft',
    'The difference of two readings can be zero or negative. A monotonic clock measures spans.':
      'Die Differenz zweier Ablesungen kann null oder negativ sein. Zeitspannen misst eine monotone Uhr.',
  },
  'default-parameter': {
    'The service is made once, when the program starts. What does `isOpen()` say the next morning?':
      'Der Service entsteht einmal, beim Start des Programms. Was sagt `isOpen()` am nächsten Morgen?',
    'What is true then': 'Was dann stimmt',
    'What was true at the start of the program': 'Was beim Start des Programms stimmte',
    'It throws': 'Es wirft',
    'The constructor kept a reading. A later call needs something it can ask again.':
      'Der Konstruktor hat eine Ablesung behalten. Ein späterer Aufruf braucht etwas, das er wieder fragen kann.',
  },
  'mailer-without-a-clock': {
    'All tests hand in a clock and pass. What does the program do, which calls `createMailer()`?':
      'Alle Tests übergeben eine Uhr und bestehen. Was tut das Programm, das `createMailer()` aufruft?',
    'It uses the true time': 'Es nimmt die echte Zeit',
    'It fails at the first stamp': 'Es scheitert beim ersten Stempel',
    'It fails in createMailer()': 'Es scheitert in createMailer()',
    'The exclamation mark silences the compiler only. A default belongs where the option is read.':
      'Das Ausrufezeichen bringt nur den Compiler zum Schweigen. Ein Standardwert gehört dahin, wo die Option gelesen wird.',
  },
};
