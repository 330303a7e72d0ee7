import type { PhrasesById } from 'kibitzer/kata';

export const texts: PhrasesById = {
  'reads-ambient-clock': {
    "an answer comes from the computer's clock": 'eine Antwort kommt von der Uhr des Computers',
    'If the answer depends on it, it is an argument.': 'Wovon die Antwort abhängt, das ist ein Argument.',
    'Could you replay last Tuesday?': 'Könntest du den letzten Dienstag noch einmal abspielen?',
    'List every place that asks for time or chance; give them one source that comes in from outside.':
      'Schreib jede Stelle auf, die nach Zeit oder Zufall fragt; gib ihnen eine Quelle, die von außen kommt.',
    "Which of these lines let the computer's clock decide {what}, through line {line}?":
      'Welche dieser Zeilen hat die Uhr des Computers über {what} entscheiden lassen, auf dem Weg über Zeile {line}?',
    "Which of these lines let the computer's clock decide {what}?":
      'Welche dieser Zeilen hat die Uhr des Computers über {what} entscheiden lassen?',
    'Which of these lines set the time of every desk at once?':
      'Welche dieser Zeilen hat allen Kassen auf einmal die Zeit gestellt?',
    "it asks the computer, through line {line}; the desk's clock is not consulted here":
      'sie fragt den Computer, auf dem Weg über Zeile {line}; die Uhr der Kasse kommt hier nicht zu Wort',
    "it asks the computer; the desk's clock is not consulted here":
      'sie fragt den Computer; die Uhr der Kasse kommt hier nicht zu Wort',
    'it changes what the whole program reads, so the last desk sets the time':
      'sie ändert, was das ganze Programm liest; so stellt die letzte Kasse die Zeit',
    "This works only if line {n} and the desk's clock always agree.":
      'Das klappt nur, wenn Zeile {n} und die Uhr der Kasse immer übereinstimmen.',
    'This works only if there is never a second desk.': 'Das klappt nur, wenn es nie eine zweite Kasse gibt.',
  },
  'reads-ambient-chance': {
    'an answer comes from chance that nobody handed in':
      'eine Antwort kommt aus einem Zufall, den niemand übergeben hat',
    'If the answer depends on it, it is an argument.': 'Wovon die Antwort abhängt, das ist ein Argument.',
    'Somebody wants to see last week’s draw again, ticket by ticket. What would have to be written down?':
      'Jemand will die Ziehung der letzten Woche noch einmal sehen, Ticket für Ticket. Was müsste dafür aufgeschrieben sein?',
    'List every place that draws; let all of them draw from the one source that came in with the desk.':
      'Schreib jede Stelle auf, die zieht; lass alle aus der einen Quelle ziehen, die mit der Kasse hereinkam.',
    'Which of these lines made the {what} differ, through line {line}?':
      'Welche dieser Zeilen hat {what} verschieden gemacht, auf dem Weg über Zeile {line}?',
    'Which of these lines made the {what} differ?': 'Welche dieser Zeilen hat {what} verschieden gemacht?',
    'Which of these lines gave every desk the same chance?':
      'Welche dieser Zeilen hat jeder Kasse denselben Zufall gegeben?',
    'it draws from the computer, through line {line}; the seed does not come here':
      'sie zieht aus dem Computer, auf dem Weg über Zeile {line}; der Seed kommt hier nicht hin',
    'it draws from the computer; the seed does not come here':
      'sie zieht aus dem Computer; der Seed kommt hier nicht hin',
    'it changes what the whole program draws from, so the last desk decides':
      'sie ändert, woraus das ganze Programm zieht; so entscheidet die letzte Kasse',
    'This works only if nobody ever repeats what line {n} drew.':
      'Das klappt nur, wenn nie jemand wiederholt, was Zeile {n} gezogen hat.',
    'This works only if there is never a second desk.': 'Das klappt nur, wenn es nie eine zweite Kasse gibt.',
  },
  'two-nows': {
    'one decision, two instants': 'eine Entscheidung, zwei Zeitpunkte',
    'Read the clock once per decision and pass the value on.':
      'Lies die Uhr einmal pro Entscheidung und gib den Wert weiter.',
    'At which instant was the ticket bought?': 'Zu welchem Zeitpunkt wurde das Ticket gekauft?',
    'Take one reading at the border; hand it down as a value.':
      'Lies einmal am Rand ab; reich es als Wert nach unten.',
    'Which of these lines looked at the clock at {time}?':
      'Welche dieser Zeilen hat um {time} auf die Uhr gesehen?',
    'line {n} had looked a moment earlier, on the other side of midnight':
      'Zeile {n} hatte einen Augenblick früher hingesehen, auf der anderen Seite von Mitternacht',
    'it was the second look for this ticket, on the other side of midnight':
      'es war der zweite Blick für dieses Ticket, auf der anderen Seite von Mitternacht',
    'This works only if no time passes between two lines of one function.':
      'Das klappt nur, wenn zwischen zwei Zeilen einer Funktion keine Zeit vergeht.',
  },
  'process-zone': {
    "the day ends at somebody else's midnight": 'der Tag endet um jemand anderes Mitternacht',
    'A day exists only in a zone; name it.': 'Einen Tag gibt es nur in einer Zeitzone; nenn sie.',
    'It is the first of June. Where?': 'Es ist der erste Juni. Wo?',
    'Let every question about a day take an instant and a zone; ask the calendar of that zone, never the one at hand.':
      'Lass jede Frage nach einem Tag einen Zeitpunkt und eine Zone nehmen; frag den Kalender dieser Zone, nie den, der gerade zur Hand ist.',
    "Which of these lines let the computer's zone decide {what}?":
      'Welche dieser Zeilen hat die Zone des Computers über {what} entscheiden lassen?',
    'Which of these lines set the zone of every desk at once?':
      'Welche dieser Zeilen hat die Zone aller Kassen auf einmal gestellt?',
    'Which of these lines says where the day is cut?':
      'Welche dieser Zeilen sagt, wo der Tag geschnitten wird?',
    'it computes with the calendar of the place the process is set to':
      'sie rechnet mit dem Kalender des Ortes, auf den der Prozess eingestellt ist',
    'it changes the zone of the whole process, so the last desk decides':
      'sie ändert die Zone des ganzen Prozesses; so entscheidet die letzte Kasse',
    'it cuts at midnight in UTC, twelve hours from midnight in Auckland':
      'sie schneidet um Mitternacht in UTC, zwölf Stunden von Mitternacht in Auckland entfernt',
    'This works only if the server is set to the zone in which the desk stands.':
      'Das klappt nur, wenn der Server auf die Zone eingestellt ist, in der die Kasse steht.',
    'This works only if all desks stand in one zone.':
      'Das klappt nur, wenn alle Kassen in einer Zone stehen.',
    'This works only if the desk stands where midnight is midnight in UTC.':
      'Das klappt nur, wenn die Kasse dort steht, wo Mitternacht die von UTC ist.',
  },
  'day-is-24-hours': {
    'a day is taken to last 24 hours': 'ein Tag soll 24 Stunden dauern',
    'Add days on the calendar, not in milliseconds.': 'Zähl Tage im Kalender weiter, nicht in Millisekunden.',
    'How long is the last Sunday of March in Berlin?': 'Wie lang ist der letzte Sonntag im März in Berlin?',
    'Compute with calendar days in the zone; convert to an instant at the end.':
      'Rechne mit Kalendertagen in der Zone; mach am Ende einen Zeitpunkt daraus.',
    'Which of these lines decides how long the day is?':
      'Welche dieser Zeilen entscheidet, wie lang der Tag ist?',
    'it measures the day in hours; the calendar has days of 23 and of 25':
      'sie misst den Tag in Stunden; im Kalender gibt es Tage mit 23 und mit 25',
    'This works only if every day lasts 86,400,000 ms.':
      'Das klappt nur, wenn jeder Tag 86 400 000 ms dauert.',
  },
  'wall-clock-duration': {
    'a duration is a difference of wall-clock readings': 'eine Dauer ist die Differenz zweier Uhrzeiten',
    'Durations need a clock that only moves forward, or a guard.':
      'Eine Dauer braucht eine Uhr, die nur vorwärts geht, oder eine Absicherung.',
    'Which of the two readings is the later one? What says so?':
      'Welche der beiden Ablesungen ist die spätere? Woran sieht man das?',
    'Decide what a span of time is when the clock has gone back; let that rule have the last word before the span is handed out.':
      'Entscheide, was eine Zeitspanne ist, wenn die Uhr zurückgegangen ist; lass diese Regel das letzte Wort haben, bevor die Spanne hinausgeht.',
    'Which of these lines made the time negative?': 'Welche dieser Zeilen hat die Zeit negativ gemacht?',
    'it subtracts a later reading from an earlier one: the clock was set in between':
      'sie zieht eine spätere Ablesung von einer früheren ab: dazwischen wurde die Uhr gestellt',
    'This works only if nobody ever sets the clock back.':
      'Das klappt nur, wenn nie jemand die Uhr zurückstellt.',
  },
  'captured-now': {
    'the desk lives in the moment it was made': 'die Kasse lebt in dem Augenblick, in dem sie entstand',
    'Inject the clock, not a reading of it.': 'Übergib die Uhr, nicht eine Ablesung von ihr.',
    'The desk opens at noon and stays open. What time is it for the desk at midnight?':
      'Die Kasse öffnet mittags und bleibt offen. Wie spät ist es für sie um Mitternacht?',
    'Keep the thing that can be asked, not its first answer; ask it when a question arrives.':
      'Behalte, was sich fragen lässt, nicht seine erste Antwort; frag es, wenn eine Frage kommt.',
    'Which of these lines is the last to look at the clock?':
      'Welche dieser Zeilen hat als letzte auf die Uhr gesehen?',
    'it ran when the desk was made; nothing has looked at the clock since':
      'sie lief, als die Kasse entstand; seitdem hat nichts auf die Uhr gesehen',
    'This works only if no desk lives longer than the instant of line {n}.':
      'Das klappt nur, wenn keine Kasse länger lebt als den Augenblick von Zeile {n}.',
  },
  'injection-only': {
    'nothing works unless everything is handed in': 'nichts geht, wenn nicht alles übergeben wird',
    'What can be handed in still needs a default at the edge.':
      'Was sich übergeben lässt, braucht am Rand trotzdem einen Standardwert.',
    'Who calls this in the running program, and what do they have in hand?':
      'Wer ruft das im laufenden Programm auf, und was hat er in der Hand?',
    'Choose the true source once, at the edge, where an option was left out; the rest sees no difference.':
      'Wähl die echte Quelle einmal, am Rand, da wo eine Option fehlt; der Rest sieht keinen Unterschied.',
    'Which of these lines uses what was not handed in?':
      'Welche dieser Zeilen verwendet, was nicht übergeben wurde?',
    'it counts on an option that was left out': 'sie zählt auf eine Option, die weggelassen wurde',
    'This works only if every caller brings a clock, a source of chance and a zone.':
      'Das klappt nur, wenn jeder Aufrufer eine Uhr, eine Zufallsquelle und eine Zone mitbringt.',
  },
  'stand-in-default': {
    'a default does not do the work of what was left out':
      'ein Standardwert leistet nicht, was die weggelassene Option leistet',
    'A default at the edge must be the real thing.': 'Ein Standardwert am Rand muss die echte Quelle sein.',
    'The desk in the foyer is opened without options. What does it get?':
      'Die Kasse im Foyer wird ohne Optionen geöffnet. Was bekommt sie?',
    'For each option, name what the running program should take, and take exactly that.':
      'Sag für jede Option, was das laufende Programm nehmen soll, und nimm genau das.',
    'Which of these lines says what the desk takes when no {option} is handed in?':
      'Welche dieser Zeilen sagt, was die Kasse nimmt, wenn kein Wert für „{option}“ übergeben wird?',
    "what it takes is not the computer's own {option}":
      'was sie nimmt, kommt nicht vom Computer selbst: {option}',
    'This works only if every caller hands in a source of chance.':
      'Das klappt nur, wenn jeder Aufrufer eine Zufallsquelle übergibt.',
    'This works only if every caller hands in a clock.':
      'Das klappt nur, wenn jeder Aufrufer eine Uhr übergibt.',
    'This works only if every caller hands in a zone.':
      'Das klappt nur, wenn jeder Aufrufer eine Zone übergibt.',
  },
};
