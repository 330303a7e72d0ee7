/**
 * German for what is said in passing: errors and their hints, why a save is no move, the help. What is not here is
 * said in English.
 */
import type { Phrases } from './core/phrases.ts';

export const messages: Phrases = {
  error: 'Fehler',
  'please report it': 'bitte melden',
  'kibitzer has a bug; your files and your progress are untouched':
    'in kibitzer ist ein Bug; deine Dateien und dein Fortschritt sind unberührt',
  'Please report it with this text': 'Bitte melde ihn mit diesem Text',

  // errors
  'there is no kata “{id}”': 'es gibt keine Kata „{id}“',
  'did you mean {ids}? `kibitzer list` shows all': 'meintest du {ids}? `kibitzer list` zeigt alle',
  '`kibitzer list` shows all katas': '`kibitzer list` zeigt alle Katas',
  'no katas were found': 'es wurden keine Katas gefunden',
  'is the checkout complete? `git status` tells': 'ist der Checkout vollständig? `git status` sagt es',
  'kibitzer is already running here ({details})': 'kibitzer läuft hier schon ({details})',
  'kibitzer is already running here': 'kibitzer läuft hier schon',
  'use that one, or end it with q; commands that only show something work beside it':
    'nimm jenes, oder beende es mit q; Befehle, die nur etwas zeigen, gehen daneben',
  'the starter of {kata} could not be judged: {message}':
    'der Ausgangscode von {kata} ließ sich nicht prüfen: {message}',
  'if the machine was very busy, try again; otherwise `kibitzer doctor` looks for the cause':
    'war der Rechner sehr beschäftigt, versuch es noch einmal; sonst sucht `kibitzer doctor` die Ursache',
  'there is no lost move of {kata} to analyse': 'von {kata} gibt es keinen verlorenen Zug zu analysieren',
  '`kibitzer play {kata}` goes on with it': '`kibitzer play {kata}` spielt sie weiter',
  '`kibitzer play {kata}` and its key m show the moves':
    '`kibitzer play {kata}` und dort die Taste m zeigen die Züge',
  'there is no choice {n}': 'Auswahl {n} gibt es nicht',
  'choose 1 to {most}, or --skip': 'wähl 1 bis {most}, oder --skip',
  'use --skip: this analysis asks no question': 'nimm --skip: diese Analyse stellt keine Frage',
  'this asks first, and there is no terminal to ask on':
    'hier wird erst gefragt, und es gibt kein Terminal, auf dem das ginge',
  'add --yes to do it without being asked': 'mit --yes geschieht es ohne Rückfrage',
  'there is no rung “{rung}”': 'eine Sprosse „{rung}“ gibt es nicht',
  'the rungs are {rungs}': 'die Sprossen heißen {rungs}',
  'the {rung} is not open yet: {why}': 'noch nicht offen ({rung}): {why}',
  '`kibitzer ladder` shows what the next rung takes':
    '`kibitzer ladder` zeigt, was die nächste Sprosse verlangt',
  'there is no {path}': '{path} gibt es nicht',
  'give a file or a folder with the kata’s files':
    'gib eine Datei oder einen Ordner mit den Dateien der Kata an',
  'there are no words in “{language}”': 'in „{language}“ gibt es keine Texte',
  'this is not a file: {path}\nit is a pipe, a socket or a device':
    'das ist keine Datei: {path}\nsondern eine Pipe, ein Socket oder ein Gerät',
  'remove it from the folder': 'nimm es aus dem Ordner',
  'there are more than {most} files of code in {folder}\nthe first one too many is {path}':
    'es liegen mehr als {most} Dateien mit Code in {folder}\ndie erste zu viel ist {path}',
  'move what does not belong to the kata out of the folder': 'nimm aus dem Ordner, was nicht zur Kata gehört',
  'this is a symbolic link: {path}\nkibitzer reads and writes only real files inside the practice folder':
    'das ist ein symbolischer Link: {path}\nkibitzer liest und schreibt nur echte Dateien im Übungsordner',
  'remove it, or replace it by the file or folder it points to':
    'entfern ihn, oder leg an seine Stelle, worauf er zeigt',
  'this file is too large: {path}\na file of a kata may have {most} kB':
    'diese Datei ist zu groß: {path}\neine Datei einer Kata darf {most} kB haben',
  'make it smaller, or move it out of the folder': 'mach sie kleiner, oder nimm sie aus dem Ordner',
  'this cannot be read: {path}\n{why}': 'das ist nicht lesbar: {path}\n{why}',
  'make it readable, then save again': 'mach es lesbar, dann speicher noch einmal',
  'this cannot be written: {path}\n{why}': 'das ist nicht beschreibbar: {path}\n{why}',
  'make room or the folder writable, then try again; what was there is unchanged or in .kibitzer/backup':
    'schaff Platz oder mach den Ordner beschreibbar, dann versuch es noch einmal; was da war, ist unverändert oder liegt in .kibitzer/backup',
  'this cannot be read, so it could not be kept: {path}\n{why}; nothing was changed':
    'das ist nicht lesbar und ließ sich deshalb nicht sichern: {path}\n{why}; nichts wurde geändert',
  'make it readable, then try again': 'mach es lesbar, dann versuch es noch einmal',
  'the event log cannot be read: {path}\n{why}': 'das Protokoll ist nicht lesbar: {path}\n{why}',
  'make the file readable, or start kibitzer in another practice folder; the file was not changed':
    'mach die Datei lesbar, oder starte kibitzer in einem anderen Übungsordner; die Datei ist unverändert',
  'the event log was written by a newer kibitzer: {path}\nits format is {format}, this version reads up to {most}':
    'das Protokoll stammt von einem neueren kibitzer: {path}\nsein Format ist {format}, diese Version liest bis {most}',
  'update kibitzer, or start it in another practice folder; the log was not changed':
    'aktualisier kibitzer, oder starte es in einem anderen Übungsordner; das Protokoll ist unverändert',
  'the disk is full ({code})': 'die Platte ist voll ({code})',
  'your quota on this disk is used up ({code})': 'dein Kontingent auf dieser Platte ist verbraucht ({code})',
  'the file system is read-only ({code})': 'das Dateisystem ist schreibgeschützt ({code})',
  'permission is missing ({code})': 'die Berechtigung fehlt ({code})',
  'the disk reported an error ({code})': 'die Platte hat einen Fehler gemeldet ({code})',
  'too many files are open ({code})': 'zu viele Dateien sind offen ({code})',
  'another program is using it ({code})': 'ein anderes Programm benutzt es ({code})',
  'it is a folder ({code})': 'es ist ein Ordner ({code})',
  'a part of the path is not a folder ({code})': 'ein Teil des Pfads ist kein Ordner ({code})',
  'something else has that name ({code})': 'etwas anderes heißt schon so ({code})',
  'it does not exist ({code})': 'es existiert nicht ({code})',
  'it is a symbolic link ({code})': 'es ist ein symbolischer Link ({code})',

  // why a save is no move
  '"{what}" is neither TypeScript nor JavaScript.': '„{what}“ ist weder TypeScript noch JavaScript.',
  'Put what you need from it into a .ts file.': 'Schreib, was du daraus brauchst, in eine .ts-Datei.',
  'Do without it; Node itself and your own files are there.':
    'Es geht ohne; Node selbst und deine eigenen Dateien sind da.',
  'For your own file write "{path}".': 'Für deine eigene Datei schreib "{path}".',
  '{file} is CommonJS; use export.': '{file} ist CommonJS; nimm export.',
  'Rename it to {path} and use import and export.': 'Nenn sie {path} und nimm import und export.',
  '"{path}" leaves the kata\'s folder.': '„{path}“ führt aus dem Ordner der Kata hinaus.',
  'Import files of this folder only.': 'Importiere nur Dateien aus diesem Ordner.',
  '{file} imports "{path}", and there is no such file.':
    '{file} importiert "{path}", und diese Datei gibt es nicht.',
  'Create {path}, or remove the import.': 'Leg {path} an, oder entfern den Import.',
  'The import "{path}" lacks its file extension.': 'Dem Import "{path}" fehlt die Dateiendung.',
  'The file is called {meant}, not {wanted}: upper and lower case count.':
    'Die Datei heißt {meant}, nicht {wanted}: Groß- und Kleinschreibung zählt.',
  'There is no {wanted}; there is {meant}.': '{wanted} gibt es nicht; es gibt {meant}.',
  'Write "{path}".': 'Schreib "{path}".',
  '{path} declares {name} but does not export it.': '{path} deklariert {name}, exportiert es aber nicht.',
  '{path} does not export {names}.': '{path} exportiert {names} nicht.',
  '{path} is missing; there is {meant}.': '{path} fehlt; es gibt {meant}.',
  'Rename {meant} to {path}.': 'Nenn {meant} um in {path}.',
  'Save your code as {path}.': 'Speicher deinen Code als {path}.',
  'The kata needs {what}.': 'Die Kata braucht {what}.',
  '{path}: found a default export; the kata needs {what}.':
    '{path}: gefunden wurde ein Default-Export; die Kata braucht {what}.',
  'Write the code, or undo in your editor to get it back.':
    'Schreib den Code, oder hol ihn mit „Rückgängig“ im Editor zurück.',
  'the file could not be loaded: {message}': 'die Datei ließ sich nicht laden: {message}',
  'Repair what happens when the file is loaded; nothing was judged and nothing is lost.':
    'Bring in Ordnung, was beim Laden der Datei geschieht; nichts wurde geprüft, und nichts ist verloren.',
  'the ordinary case does not work yet: {plays} — {message}':
    'der gewöhnliche Fall klappt noch nicht: {plays} — {message}',
  'Get the plain case right first; the probes play only against code that does its job.':
    'Bring zuerst den einfachen Fall in Ordnung; die Proben spielen nur gegen Code, der seine Arbeit tut.',

  // how a probe ended
  'was still running when its time was up': 'lief noch, als die Zeit um war',
  'still waiting when its time was up: a promise never settled':
    'wartete noch, als die Zeit um war: Ein Promise wurde nie erfüllt',
  'still waiting after {time}: a promise never settled':
    'wartete nach {time} noch: Ein Promise wurde nie erfüllt',
  'ran out of memory': 'hatte keinen Speicher mehr',
  'used more than 700 MB of memory and was stopped': 'brauchte mehr als 700 MB Speicher und wurde angehalten',
  'ended the program itself with {how}': 'beendete das Programm selbst, mit {how}',
  'an error nobody caught: {message}': 'ein Fehler, den niemand fing: {message}',
  'it was not reached': 'so weit kam es nicht',

  // help
  'Usage:': 'Aufruf:',
  'Options:': 'Optionen:',
  'Commands:': 'Befehle:',
  'Arguments:': 'Argumente:',
  'Learn software design from your own bad moves: every save is a move, hidden probes play against it, and a lost move is analysed before a better approach opens.':
    'Lern Software-Entwurf an deinen eigenen schlechten Zügen: Jedes Speichern ist ein Zug, verborgene Proben spielen dagegen, und ein verlorener Zug wird analysiert, bevor sich ein besserer Weg öffnet.',
  'this help': 'diese Hilfe',
  'help for a command': 'Hilfe zu einem Befehl',
  'output the version number': 'die Version',
  'one JSON document (or lines, for watch) on standard output':
    'ein JSON-Dokument (bei watch: Zeilen) auf der Standardausgabe',
  'linear text without redrawing, escape codes or box characters (also KIBITZER_PLAIN=1)':
    'fortlaufender Text ohne Neuzeichnen, Escape-Codes und Rahmen (auch KIBITZER_PLAIN=1)',
  'colour even when it is not a terminal': 'Farbe auch außerhalb eines Terminals',
  'no colour (also NO_COLOR=1)': 'keine Farbe (auch NO_COLOR=1)',
  'width of screens': 'Breite der Anzeige',
  'en or de (also KIBITZER_LANG; else the locale, else English)':
    'en oder de (auch KIBITZER_LANG; sonst die Locale, sonst Englisch)',
  'stack traces with errors': 'Stack-Traces zu Fehlern',
  'show the kata and judge every save (what `kibitzer` does in a terminal)':
    'zeigt die Kata und prüft jedes Speichern (was `kibitzer` im Terminal tut)',
  'also print path:line:column lines for an editor’s problem matcher':
    'gibt auch Zeilen der Form path:line:column aus, für den Problem-Matcher eines Editors',
  'all katas, with where each stands': 'alle Katas, mit ihrem Stand',
  'the whole brief: story, numbered contract, interface':
    'die ganze Aufgabe: Geschichte, nummerierter Vertrag, Schnittstelle',
  'go on with this kata': 'mit dieser Kata weitermachen',
  'judge the files as they are now, once': 'die Dateien einmal prüfen, wie sie jetzt sind',
  'the analysis of the last lost move': 'die Analyse des letzten verlorenen Zugs',
  'answer its question': 'ihre Frage beantworten',
  'read on without answering': 'weiterlesen, ohne zu antworten',
  'which rungs are open, and what the next one takes':
    'welche Sprossen offen sind und was die nächste verlangt',
  'show one: idea, plan or better-approach': 'eine zeigen: idea, plan oder better-approach',
  'open the whole ladder and the accepted designs; asks first':
    'öffnet die ganze Leiter und die akzeptierten Entwürfe; fragt vorher',
  'do not ask': 'nicht fragen',
  'put the starter back, keeping a copy of your files; asks first':
    'stellt den Ausgangscode wieder her, mit Kopie deiner Dateien; fragt vorher',
  'put the code before an earlier move back, keeping a copy of your files, to play it better':
    'stellt den Code vor einem früheren Zug wieder her, mit Kopie deiner Dateien, um ihn besser zu spielen',
  'number of the move': 'Nummer des Zugs',
  'a verdict on any file or folder; no progress is touched':
    'ein Urteil über eine Datei oder einen Ordner; dein Fortschritt bleibt, wie er ist',
  'look at everything kibitzer needs': 'sieht nach allem, was kibitzer braucht',
  'repair a damaged log; keeps everything that can be read, deletes nothing':
    'repariert ein beschädigtes Protokoll; behält alles Lesbare, löscht nichts',
  'make katas of an Exercism track, of one exercise, or of a folder with vitest or jest tests':
    'macht Katas aus einem Exercism-Track, einer einzelnen Aufgabe oder einem Ordner mit Tests für vitest oder jest',
  'the track that they are put into': 'der Track, in den sie kommen',
  'accepted code, for a folder of tests (else solution/ or reference/ in it)':
    'akzeptierter Code, bei einem Ordner mit Tests (sonst solution/ oder reference/ darin)',
  'for authors: judge starters, designs and bad moves as declared':
    'für Autoren: prüft Ausgangscode, Entwürfe und schlechte Züge gegen das Angekündigte',
  'judge everything anew, whatever is remembered of an earlier run':
    'prüft alles neu, was auch immer von früher gemerkt ist',
  'stay, and judge again what a change touches; for one kata':
    'bleibt und prüft neu, was eine Änderung berührt; für eine Kata',
  'list mutants that survive, and losses for which the book has no name':
    'nennt überlebende Mutanten und Verluste, für die das Buch keinen Namen hat',
  'for authors: small changes of the accepted designs, and which of them no probe notices':
    'für Autoren: kleine Änderungen an den akzeptierten Entwürfen, und welche davon keine Probe bemerkt',
  'also write docs/confusion.md; where katas are named, only their sections':
    'schreibt auch docs/confusion.md; wo Katas genannt sind, nur deren Abschnitte',
  'judge at most so many of each kata, spread evenly':
    'prüft von jeder Kata höchstens so viele, gleichmäßig verteilt',
  'for authors: a new part of a kata': 'für Autoren: ein neuer Teil einer Kata',
  'make a kata that plays and lacks only what you write':
    'macht eine Kata, die spielt und der nur fehlt, was du schreibst',
  'the track that it is put into': 'der Track, in den sie kommt',
  'the promise to the learner, in the imperative': 'das Versprechen an die Lernenden, als Aufforderung',
  'store a file or a folder as a bad move, under its diagnosis':
    'legt eine Datei oder einen Ordner als schlechten Zug ab, unter seiner Diagnose',
  'the mistake that the book ought to name, where it names none or another one':
    'der Fehler, den das Buch nennen sollte, wo es keinen oder einen anderen nennt',
  'the name of its folder; after the path when left out': 'der Name seines Ordners; sonst nach dem Pfad',
  [`Examples:
  kibitzer                               show the kata at hand and judge every save
  kibitzer play template-escaping        go on with another kata
  kibitzer judge lazy-query club.ts      a verdict on a file, without touching progress
`]: `Beispiele:
  kibitzer                               zeigt die aktuelle Kata und prüft jedes Speichern
  kibitzer play template-escaping        macht mit einer anderen Kata weiter
  kibitzer judge lazy-query club.ts      ein Urteil über eine Datei, ohne den Fortschritt zu berühren
`,
  [`
Your code lies in practice/<kata>/, what was played in practice/.kibitzer/ (KIBITZER_PRACTICE moves both).
Exit codes: 0 done or won · 1 lost, or problems found · 2 could not run as asked · 70 a bug of kibitzer.
In a checkout: \`npm start\`, or \`npm run -s kibitzer -- <command>\`. More in docs/.`]: `
Dein Code liegt in practice/<kata>/, das Gespielte in practice/.kibitzer/ (KIBITZER_PRACTICE verlegt beides).
Exit-Codes: 0 fertig oder gewonnen · 1 verloren, oder Probleme gefunden · 2 ließ sich so nicht ausführen · 70 ein Bug in kibitzer.
Im Checkout: \`npm start\`, oder \`npm run -s kibitzer -- <command>\`. Mehr in docs/.`,
};
