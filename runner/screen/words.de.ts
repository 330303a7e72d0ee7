/** The German words of learners' screens; loaded only when German is spoken. */
import type { Words } from './words.ts';

const NUMBER = ['keine', 'eine', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'];
const inWords = (n: number): string => NUMBER[n] ?? String(n);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const moves = (n: number): string => (n === 1 ? '1 Zug' : `${n} Züge`);
const rows = (n: number): string => (n === 1 ? '1 Datensatz' : `${n} Datensätze`);
const what = (move: number): string => (move === 0 ? 'der Ausgangscode' : `Zug ${move}`);

export const words: Words = {
  glyphs: {
    '!!': 'brillant',
    '!': 'guter Zug',
    '!?': 'auch ein guter Weg',
    '': 'stiller Zug',
    '?!': 'zweifelhaft',
    '?': 'Fehler',
    '??': 'grober Fehler',
  },
  outcomes: {
    held: 'gehalten',
    refuted: 'widerlegt',
    crashed: 'abgestürzt',
    'timed-out': 'Zeit überschritten',
    unreached: 'nicht geprüft',
  },
  verdicts: {
    won: 'gewonnen',
    lost: 'verloren',
    'lost-on-time': 'auf Zeit verloren',
    tampering: 'Eingriff',
  },
  rungs: { idea: 'Idee', plan: 'Plan', 'better-approach': 'besserer Weg' },
  rules: {
    'won-at-first-move': 'jede Probe hielt schon beim ersten Zug, ohne Hilfe',
    'won-by-another-design': 'jede Probe hielt, mit einem anderen Entwurf als der Referenz',
    won: 'jede Probe hielt',
    'losing-mistake': 'darin steckt ein Fehler, der sofort verliert',
    'wrong-mistake': 'darin steckt ein Fehler, der unter gewöhnlichen Umständen verliert',
    'costly-mistake': 'darin steckt ein Fehler, der später Kosten macht',
    'lost-20': 'die Stellung fiel um 20 Punkte oder mehr',
    'lost-10': 'die Stellung fiel um 10 Punkte oder mehr',
    'lost-5': 'die Stellung fiel um 5 Punkte oder mehr',
    'same-again': 'derselbe Fehler wie bei einem früheren Zug',
    'changed-nothing': 'keine Probe kam hinzu, keine ging verloren',
    quiet: 'nichts ging verloren',
  },
  labels: {
    expected: (plain) => (plain ? ' erwartet: ' : '   erwartet - '),
    got: (plain) => (plain ? ' erhalten: ' : '   erhalten + '),
    same: (plain) => (plain ? ' gleich: ' : '              '),
  },
  verdict: (verdict) =>
    verdict === 'tampering'
      ? 'Der Code hat nach dem gegriffen, was ihn prüft; deshalb zählt nichts von dem, was er getan hat.'
      : null,
  inWords,
  refusal(r) {
    switch (r.code) {
      case 'no-move-yet':
        return 'Spiel erst einen Zug: Die Leiter öffnet sich durch deine eigenen Versuche.';
      case 'analysis-unread':
        return `Lies zuerst die Analyse von Zug ${r.move}: Beantworte ihre Frage oder überspring sie.`;
      case 'needs-another-move':
        return `Die nächste Sprosse verlangt eine andere Idee: einen Zug, der sich von Zug ${r.since} unterscheidet, geprüft und gelesen.`;
      case 'not-different':
        return `Zug ${r.move} ist noch keine andere Idee: Er endete wie Zug ${r.since}, und geändert wurde ${
          r.changed === 0
            ? 'keine Anweisung'
            : r.changed === 1
              ? 'nur eine Anweisung'
              : `nicht mehr als ${inWords(r.changed)} Anweisungen`
        }.`;
    }
  },
  sameProgram: (move, sameText) =>
    sameText
      ? `derselbe Code wie ${what(move)}: kein neuer Zug`
      : `dasselbe Programm wie ${what(move)} (nur umbenannt, umformatiert oder kommentiert): kein neuer Zug`,
  suspect({ held, of, changed, mends }) {
    const why = [
      mends === 'all' ? 'mit einer kleinen Änderung hier hält jeder Test' : '',
      mends === 'probe' ? 'mit einer kleinen Änderung hier hält dieser Test' : '',
      changed ? 'geändert, seit es hielt' : '',
    ].filter((w) => w !== '');
    if (why.length > 0) return why.join('; ');
    if (of === 0) return 'lief hier';
    if (held === 0) return 'lief in nichts, was hält';
    return held === of ? 'lief auch in allem, was hält' : `lief auch in ${held} von ${of}, die halten`;
  },
  sentences: {
    questionWaits: 'eine Probe hat diesen Zug widerlegt; im Terminal wartet eine Frage dazu',
    playingStarter: 'der Ausgangscode wird gespielt …',
    judging: (kata) => `${kata} wird geprüft …`,
    watching: 'wartet auf dein Speichern',
    polling: 'sieht regelmäßig nach (das System meldet hier keine Dateiänderungen)',
    unsaved: (why) =>
      `nicht gespeichert: ${why} — es geht im Arbeitsspeicher weiter, und jeder Zug versucht es neu`,
    output: 'Ausgabe des Codes',
    nothingChanged: 'Es wurde nichts geändert.',
    whichKata: (n) => `Welche Kata? 1–${n}${n > 9 ? ' und [enter]' : ''}, [esc] zurück:`,
    noSuchNumber: (typed) => `Die Liste hat keine Nummer ${typed || '0'}.`,
    starterAgain: (kata) => `In practice/${kata} fehlten Dateien; die des Ausgangscodes liegen wieder dort.`,
    askResign: 'Aufgeben? Leiter und akzeptierte Entwürfe öffnen sich, die Partie gilt als aufgegeben.',
    askReset: (kata) =>
      `Ausgangscode von ${kata} wiederherstellen? Deine Dateien werden vorher gesichert; Züge und Leiter bleiben.`,
    wasReset: (kata, backup) =>
      `Der Ausgangscode von ${kata} ist wieder da.${backup ? ` Was dort war, liegt in ${backup}.` : ''}`,
    alreadyOver: 'Diese Partie ist schon zu Ende.',
    resigned: (folder) => `Jetzt ist alles offen. Die akzeptierten Entwürfe liegen in ${folder}.`,
    solutionsAt: (folder) => `Die akzeptierten Entwürfe liegen in ${folder}.`,
    allOver: 'Es ist keine Kata übrig: Alle sind gewonnen oder aufgegeben. [k] führt zu jeder zurück.',
    suspects: 'Hier zuerst nachsehen',
    called: 'Was aufgerufen wurde und was zurückkam',
    moreTroubles: (n) =>
      n === 1 ? 'Eine weitere endete ohne Antwort.' : `${n} weitere endeten ohne Antwort.`,
    noLadder: 'Diese Aufgabe kam ohne Hinweise und ohne Beispiel, darum gibt es hier nichts zu öffnen.',
    rungsInOrder:
      'Die Sprossen öffnen sich der Reihe nach: Idee, Plan, besserer Weg. [l] zeigt, was die nächste verlangt.',
    noEvidence: 'Die vollständigen Belege dieses Zugs sind nicht mehr gespeichert.',
    everythingHeld: 'Jede Probe hielt.',
    diffSince: (n) => `Geändert seit ${n === 0 ? 'dem Ausgangscode' : `Zug ${n}`}:`,
    contested: (file) =>
      `Danke. Was die Autorin oder der Autor braucht, steht in ${file}. Ergänz eine Zeile mit dem Grund und schick die Datei weiter.`,
    offered: (why, rung, key, resign) =>
      `${why === 'same-diagnosis' ? 'Drei Züge, eine Diagnose.' : 'Schon eine Weile hier.'} Wenn es hilft, ist die nächste Sprosse offen: ${rung}, ${key}. Oder aufgeben: ${resign}.`,
  },
  retry: {
    whichMove: (n) => `Welchen Zug noch einmal? 1–${n}${n > 9 ? ' und [enter]' : ''}, [esc] zurück:`,
    refused: (r) =>
      r.code === 'move-won'
        ? `Zug ${r.move} war gewonnen: Da ist nichts besser zu spielen.`
        : r.moves === 0
          ? 'Noch ist kein Zug gespielt: Speichere zuerst einen.'
          : `Diesen Zug gibt es nicht; der letzte ist Zug ${r.moves}.`,
    begun: (n, position, backup) =>
      `Zug ${n} noch einmal: Der Code davor liegt wieder in deinem Ordner, Stellung ${position}.${
        backup === null ? '' : ` Was dort war, liegt in ${backup}.`
      } Es gewinnt jedes Speichern, nach dem alle Proben noch halten, die jetzt halten, und das denselben Fehler nicht wieder zeigt.`,
    open: (n) =>
      `Zug ${n} noch einmal: Es gewinnt, was alles behält, das davor hielt, und seinen Fehler nicht zeigt.`,
    tried: (t) => {
      switch (t.is) {
        case 'won':
          return `Zug ${t.move} noch einmal: gewonnen. Alles, was davor hielt, hält noch, und sein Fehler ist nicht da.`;
        case 'loses':
          return `Zug ${t.move} noch einmal: noch nicht. Das verliert, was vor Zug ${t.move} hielt: ${t.probes.join(', ')}.`;
        case 'repeats':
          return `Zug ${t.move} noch einmal: noch nicht. Verloren ist nichts, aber die Diagnose ist wieder die von Zug ${t.move}.`;
        case 'unchanged':
          return `Zug ${t.move} noch einmal: Das ist die Stellung selbst; spiel einen anderen Zug.`;
      }
    },
  },
  keys: {
    skip: { short: '[space] zeig es mir', long: 'weiterlesen; eine wartende Frage wird übersprungen' },
    idea: { short: '[i] Idee', long: 'die Idee, die erste Sprosse der Leiter' },
    plan: { short: '[p] Plan', long: 'der Plan, die zweite Sprosse' },
    'better-approach': {
      short: '[a] besserer Weg',
      long: 'ein besserer Weg als Diff gegen deinen Code, die letzte Sprosse',
    },
    next: { short: '[n] nächste', long: 'mit der nächsten Kata weitermachen' },
    solutions: { short: '[s] Entwürfe', long: 'wo die akzeptierten Entwürfe liegen' },
    evidence: { short: '[e] Belege', long: 'alle Fakten des letzten Zugs, mit Zeilen' },
    diff: { short: '[d] Diff', long: 'was der letzte Zug geändert hat' },
    moves: { short: '[m] Züge', long: 'die Züge dieser Partie mit ihren Zeichen' },
    ladder: { short: '[l] Leiter', long: 'welche Sprossen offen sind und warum die nächste nicht' },
    brief: { short: '[b] Aufgabe', long: 'die ganze Aufgabe' },
    katas: { short: '[k] Katas', long: 'alle Katas; wähl eine' },
    run: { short: '[r] prüfen', long: 'die Dateien prüfen, wie sie jetzt sind' },
    again: { short: '[v] noch einmal', long: 'die letzte Analyse noch einmal zeigen' },
    resign: { short: '[x] aufgeben', long: 'aufgeben: öffnet Leiter und Entwürfe; fragt vorher' },
    reset: {
      short: '[o] von vorn',
      long: 'den Ausgangscode wiederherstellen, mit Kopie deiner Dateien; fragt vorher',
    },
    retry: {
      short: '[t] noch einmal spielen',
      long: 'einen früheren Zug noch einmal spielen; deine Dateien werden vorher gesichert',
    },
    contest: {
      short: '[w] stimmt nicht?',
      long: 'diese Analyse stimmt nicht: schreibt eine Datei für die Autoren der Kata',
    },
    help: { short: '[?] Tasten', long: 'diese Liste' },
    quit: { short: '[q] beenden', long: 'beenden; alles bleibt erhalten' },
  },
  keyLine: {
    answer: (n) => `[1-${n}] antworten`,
    answerLong: 'die Frage beantworten',
    read: '[space] gelesen',
    yesOrNo: '[y] ja / [n] nein',
    key: (key, plain) => (plain ? `Taste ${key}` : `[${key}]`),
  },
  states: { new: 'neu', 'under-way': 'begonnen', won: 'gewonnen', resigned: 'aufgegeben' },
  start: {
    about: 'lern Software-Entwurf an deinen eigenen schlechten Zügen',
    kata: 'Kata: ',
    symptom: 'Der Ausgangscode, gespielt wie er ist',
    played: (n, won, position) =>
      `${moves(n)} gespielt, ${won ? 'gewonnen, ' : ''}Stellung ${position} von 100.`,
    edit: 'bearbeiten und speichern; jedes Speichern ist ein Zug.',
    chosen: 'gewählt, ',
    moves: (n, position) => `${moves(n)}${position === null ? '' : `, Stellung ${position}`}`,
    level: (track, level) => `${track}, Stufe ${level}`,
    after: (katas) => `nach ${katas.join(', ')}`,
  },
  lost: {
    move: (n) => `Zug ${n}`,
    verdict: (kata, move, verdict, glyph) =>
      `${kata}${move === 0 ? '' : `, Zug ${move}`}: ${verdict}, ${glyph}.`,
    positionPlain: (before, after) =>
      before === null ? `Stellung: ${after} von 100.` : `Stellung: von ${before} auf ${after}, von 100.`,
    position: (before, after) => `Stellung ${before === null ? '' : `${before} → `}${after}`,
    held: 'Gehalten',
    share: (held, of) => `${held} von ${of}`,
    nothingHeld: 'noch nichts',
    refutation: 'Widerlegung',
    didPlain: 'was der Code getan hat',
    did: 'was dein Code getan hat',
    result: 'Ergebnis',
    line: (n) => `Zeile ${n}`,
    wasIt: (choice, line) => `Es war ${choice}, Zeile ${line}`,
    right: (choice, line) => `Ja: ${choice}, Zeile ${line}`,
    wasNot: (choice, line, given) => `Es war ${choice}, Zeile ${line}, nicht ${given}`,
    principle: 'Grundsatz',
    belief: 'Annahme',
    behind: 'Dahinter',
    behindWords: (n) =>
      n === 1
        ? 'ein weiterer Fehler; solange dieser besteht, wird er nicht geprüft.'
        : `${inWords(n)} weitere Fehler; solange dieser besteht, werden sie nicht geprüft.`,
    sameAs: (move) => `Derselbe Fehler wie bei Zug ${move}.`,
    plainLine: (line, file, text) => `Zeile ${line} von ${file}: ${text}`,
    plainMarked: (line, file, text) => `Markierte Zeile ${line} von ${file}: ${text}`,
    plainPart: (part) => ` (der Teil ${part})`,
    outOfBook: 'Nicht im Buch',
    noName: 'Kein bekannter Fehler erklärt das. Das ist geschehen:',
    brief: (n) => `Aufgabe (${n})`,
    test: 'Test',
    played: 'Gespielt',
    noMessage: 'es kam keine Meldung mit',
    yourLines: 'Deine Zeilen',
    calledFrom: ', aufgerufen von ',
    inFunction: (place, fn) => `${place} in ${fn}`,
    heldAt: (probe, move) =>
      move === 0 ? `${probe} hielt im Ausgangscode.` : `${probe} hielt bei Zug ${move}.`,
    muchChanged: (key) => `Seitdem hat sich viel geändert: ${key} zeigt es.`,
    sinceThen: 'Seitdem:',
    added: 'hinzugefügt',
    removed: 'entfernt',
    same: 'gleich',
    emptyLine: '(leere Zeile)',
    blanksOnly: '(nur Leerzeichen)',
    illegal: 'unzulässig',
    costsNothing: 'Es kostet nichts.',
  },
  facts: {
    thisLoses: ' (hier geht es verloren)',
    to: ' bis ',
    times: ' mal',
    rowsChanged: (n) => `${rows(n)} geändert`,
    rows,
    became: 'wurde zu',
    answered: 'bekam als Antwort',
    allowed: (seen, allowed) => `${seen}, erlaubt ${allowed}`,
    open: (n) => `${n} offen`,
    expected: (expected, actual) => `erwartet ${expected}, erhalten ${actual}`,
    threw: 'warf',
    gave: 'ergab',
    runBy: (near, cause) => `${near}, ausgelöst von ${cause}`,
  },
  review: {
    ladder: 'die Leiter',
    open: (key) => `offen: ${key}`,
    offered: (key) => `offen, wenn es hilft: ${key}`,
    closed: 'geschlossen',
    rungOpen: (rung, key) => `Offen ist jetzt: ${rung}, ${key}.`,
    isThatDesign: 'Der Code ist schon dieser Entwurf.',
    why: 'Grund',
    quoted: (title) => `„${title}“`,
    wonPlain: (kata, wonAt, position) =>
      `${kata}: ${wonAt === null ? 'aufgegeben' : `gewonnen mit Zug ${wonAt}`}. Stellung ${position} von 100.`,
    resisted: (probes) => `widerstanden: ${probes}`,
    movePlain: (n, glyph, name, before, after, more) =>
      `Zug ${n}: ${glyph}, ${name}, Stellung von ${before} auf ${after}${more === '' ? '' : `, ${more}`}.`,
    outOfBook: 'nicht im Buch',
    everythingHeld: 'jede Probe hielt',
    nearest: (title, trades) =>
      `Am nächsten ist dieser Entwurf an „${title}“.${trades ? ` Der Preis dafür: ${trades}` : ''}`,
    otherDesigns: (n, won) =>
      n === 1
        ? `Ein ${won ? 'anderer ' : ''}Entwurf gewinnt${won ? ' ebenfalls' : ''}:`
        : `${capital(inWords(n))} ${won ? 'andere ' : ''}Entwürfe gewinnen${won ? ' ebenfalls' : ''}:`,
  },
  commands: {
    moreLines: (n) => (n === 1 ? '… 1 weitere Zeile' : `… ${n} weitere Zeilen`),
    answerWith: 'Antworte mit `kibitzer analysis --answer <number>`, oder lies mit --skip weiter.',
    answers: '`kibitzer analysis --answer <number>` antwortet, `kibitzer analysis --skip` liest weiter.',
    won: (kata, won) => `${kata}: ${won}, jede Probe hielt.`,
    warning: 'Warnung',
  },
};
