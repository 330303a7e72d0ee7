import { createHash } from 'node:crypto';
import { card, type Card } from 'kibitzer/kata';

export const cards: Card[] = [
  card({
    id: 'staff-tablet',
    mistake: 'id-survives-login',
    themes: ['session-keys'],
    question: 'A visitor wrote down the number of the tablet in the morning. What is printed at noon?',
    code: `const rights = new Map([['tablet-7', 'guest']]);
const unlock = (tablet, pin) => {
  if (pin === '4711') rights.set(tablet, 'staff');
};
unlock('tablet-7', '4711');             // noon, by somebody of the staff
console.log(rights.get('tablet-7'));    // asked by whoever has the number`,
    choices: ['guest', 'staff', 'undefined'],
    answer: 1,
    because: 'The number was worth nothing when it was written down, and it is the same number at noon.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'same-room-two-keys',
    mistake: 'copy-keeps-both',
    themes: ['session-keys'],
    question: 'k1 had been lying about, so Ann was given k2. What does k1 open?',
    code: `const doors = new Map([['k1', { tenant: null }]]);
function moveIn(old, tenant) {
  const room = doors.get(old);
  room.tenant = tenant;
  doors.set('k2', room);
  return 'k2';
}
moveIn('k1', 'Ann');
console.log(doors.get('k1').tenant);`,
    choices: ['null', 'Ann', 'It throws: k1 has been replaced'],
    answer: 1,
    because: 'A second key was cut for the same room. Nobody has changed the lock for the first one.',
    executes: async ({ run }) => {
      const { printed, thrown } = await run();
      return thrown ? 'It throws: k1 has been replaced' : printed;
    },
  }),
  card({
    id: 'copied-wallet',
    mistake: 'copy-keeps-both',
    themes: ['session-keys'],
    question: 'The old wallet was copied before the new one went into use. What does it hold?',
    code: `const old = { owner: null, tickets: ['tram'] };
const mine = { ...old, owner: 'Ann' };
mine.tickets.push('opera');
console.log(old.owner, old.tickets.join(' and '));`,
    choices: ['null tram', 'null tram and opera', 'Ann tram and opera'],
    answer: 1,
    because:
      'The name stands in the new record alone; the list of tickets is one list with two records around it.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'party-code',
    mistake: 'adopts-any-id',
    themes: ['trust-boundary'],
    question: 'Nobody has made a party called "mine". Mal sends Bo a link with that code. What does Mal see?',
    code: `const parties = new Map();
function join(code, guest) {
  if (!parties.has(code)) parties.set(code, []);
  parties.get(code).push(guest);
  return parties.get(code);
}
join('mine', 'Bo');
console.log(join('mine', 'Mal').join(', '));`,
    choices: ['Mal', 'Bo, Mal', 'Nothing: there is no such party'],
    answer: 1,
    because: 'Whoever writes a code first has made a party. Mal chose it, so Mal knows it.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'reset-code',
    mistake: 'guessable-id',
    themes: ['unguessable'],
    question: 'Who can have the reset code of ann@example.org today, without her mail?',
    code: `const resetCode = (mail, day) =>
  createHash('sha256').update(mail + day).digest('hex');`,
    choices: [
      'Nobody: SHA-256 cannot be turned round.',
      'Whoever has her address and a calendar.',
      "Whoever has seen yesterday's code.",
    ],
    answer: 1,
    because: 'Nothing has to be turned round: what goes in is known, so the same comes out anywhere.',
    executes: async ({ run }) => {
      const code = async (day: string): Promise<unknown> =>
        (await run({ createHash }, `return resetCode('ann@example.org', '${day}')`)).returned;
      if ((await code('2026-05-02')) !== (await code('2026-05-02')))
        return 'Nobody: SHA-256 cannot be turned round.';
      return (await code('2026-05-01')) === (await code('2026-05-02'))
        ? "Whoever has seen yesterday's code."
        : 'Whoever has her address and a calendar.';
    },
  }),
  card({
    id: 'badge-in-the-bin',
    mistake: 'cookie-only-logout',
    themes: ['session-keys'],
    question:
      'The badge was photographed in the morning. In the evening its owner checks out. What is printed?',
    code: `const valid = new Set(['badge-1']);
let pocket = 'badge-1';
const photo = pocket;
const checkOut = () => { pocket = ''; };
checkOut();
console.log(valid.has(photo));`,
    choices: ['true', 'false', 'undefined'],
    answer: 0,
    because: 'The pocket is empty, the list at the gate is not. The gate asks its list.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'one-seat-in-the-car',
    mistake: 'ends-other-devices',
    themes: ['session-keys'],
    question:
      'Ann streams on her television and on her phone; on the phone she stops. What is still playing?',
    code: `const playing = new Map([['tv', 'Ann'], ['phone', 'Ann'], ['tablet', 'Ben']]);
const stop = (device) => {
  const who = playing.get(device);
  for (const [d, name] of playing) if (name === who) playing.delete(d);
};
stop('phone');
console.log([...playing.keys()].join(', '));`,
    choices: ['tv, tablet', 'tablet', 'nothing'],
    answer: 1,
    because: 'It asked who, and not where. That is right after a stolen password, and wrong for one device.',
    executes: async ({ run }) => (await run()).printed || 'nothing',
  }),
  card({
    id: 'next-at-the-kiosk',
    mistake: 'hands-over-to-the-next',
    themes: ['who-owns-it'],
    question: 'What does the kiosk show to Ben?',
    code: `let seat = { name: null, searches: [] };
const sitDown = (name) => { seat = { ...seat, name }; };
sitDown('Ann');
seat.searches.push('debt advice');
sitDown('Ben');
console.log(seat.name, seat.searches.length);`,
    choices: ['Ben 0', 'Ben 1', 'Ann 1'],
    answer: 1,
    because: "The name is new, all the rest came along. It was hers, and not the seat's.",
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'draft-and-account',
    mistake: 'throws-all-away',
    themes: ['data-kept-true'],
    question: 'A letter was written before signing up. What is left of it?',
    code: `const drafts = new Map([['guest-1', 'Dear editor']]);
function signUp(guest, name) {
  drafts.delete(guest);       // nobody may come back with the guest's key
  drafts.set(name, drafts.get(guest) ?? '');
}
signUp('guest-1', 'Ann');
console.log(drafts.get('Ann') || 'nothing');`,
    choices: ['Dear editor', 'nothing', 'It throws'],
    answer: 1,
    because: 'Letting go of the old key was right; what was behind it should have been taken along first.',
    executes: async ({ run }) => {
      const { printed, thrown } = await run();
      return thrown ? 'It throws' : printed;
    },
  }),
  card({
    id: 'three-headers',
    mistake: 'loose-cookie',
    themes: ['trust-boundary'],
    question:
      'A script that does not belong in the page runs in it. From which of these can it read the key?',
    code: `Set-Cookie: key=a; Path=/; Secure; SameSite=Strict
Set-Cookie: key=b; Path=/; HttpOnly`,
    choices: ['a', 'b', 'Neither: both are for this site only'],
    answer: 0,
    because:
      'Secure and SameSite say over which wire and from whose pages it is sent. Only HttpOnly speaks of scripts.',
    believed:
      'what document.cookie shows takes a browser with a page; RFC 6265, section 5.4, leaves out HttpOnly cookies there',
  }),
  card({
    id: 'rebooked',
    mistake: null,
    themes: ['session-keys'],
    question: 'The old booking number was read by somebody over her shoulder. What does it open?',
    code: `const trips = new Map([['A1', { who: 'Ann', seat: 12 }]]);
function rebook(old, number) {
  const trip = trips.get(old);
  trips.delete(old);
  trips.set(number, trip);
}
rebook('A1', 'B7');
console.log(trips.get('A1')?.seat, trips.get('B7')?.seat);`,
    choices: ['12 12', 'undefined 12', 'undefined undefined'],
    answer: 1,
    because: 'The trip was moved, not copied: at each moment one number opens it.',
    executes: async ({ run }) => (await run()).printed,
  }),
  card({
    id: 'counter-queue',
    mistake: 'ignores-the-login',
    themes: ['who-owns-it'],
    question: 'Ann has left the counter without a word, and Ben steps up. What is printed?',
    code: `let customer = null;
const stepUp = (name) => { customer ??= name; };
stepUp('Ann');
stepUp('Ben');
console.log(customer);`,
    choices: ['Ann', 'Ben', 'null'],
    answer: 0,
    because: 'Whoever came first stays until somebody calls that off, whether there or not.',
    executes: async ({ run }) => (await run()).printed,
  }),
];
