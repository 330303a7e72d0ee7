/** Wrong edits of the examples of the fixture track: what somebody might have written instead. */

export interface WrongEdit {
  kata: string;
  /** what is wrong with it, in a few words */
  what: string;
  /** text of the example, found once */
  from: string;
  to: string;
}

export const WRONG_EDITS: readonly WrongEdit[] = [
  { kata: 'parcel-rates', what: 'comparison', from: 'grams <= 500', to: 'grams < 500' },
  { kata: 'parcel-rates', what: 'comparison', from: 'grams <= 2000', to: 'grams >= 2000' },
  { kata: 'parcel-rates', what: 'off by one', from: 'longestSide > 120', to: 'longestSide > 119' },
  {
    kata: 'parcel-rates',
    what: 'rounding',
    from: 'Math.ceil(beyond / 1000)',
    to: 'Math.floor(beyond / 1000)',
  },
  {
    kata: 'parcel-rates',
    what: 'branch dropped',
    from: 'return beyond > 0 ? Math.ceil(beyond) : 0;',
    to: 'return Math.ceil(beyond);',
  },
  {
    kata: 'parcel-rates',
    what: 'and for or',
    from: 'grams > HEAVIEST || grams <= 0',
    to: 'grams > HEAVIEST && grams <= 0',
  },
  {
    kata: 'parcel-rates',
    what: 'sum replaced',
    from: 'sum += rate(parcels[i]!)',
    to: 'sum = rate(parcels[i]!)',
  },
  { kata: 'parcel-rates', what: 'loop too short', from: 'i < parcels.length', to: 'i < parcels.length - 1' },
  {
    kata: 'tide-table',
    what: 'and for or',
    from: 'now.level < before.level && now.level < after.level',
    to: 'now.level < before.level || now.level < after.level',
  },
  { kata: 'tide-table', what: 'off by one', from: 'i < points.length - 1', to: 'i < points.length - 2' },
  { kata: 'tide-table', what: 'begins too late', from: 'let i = 1;', to: 'let i = 2;' },
  { kata: 'tide-table', what: 'modulo dropped', from: 'hour % 24', to: 'hour' },
  { kata: 'tide-table', what: 'comparison', from: 'ofDay < 10', to: 'ofDay > 10' },
  { kata: 'tide-table', what: 'number', from: 'level / 100', to: 'level / 10' },
  { kata: 'tide-table', what: 'condition turned', from: 'last.level === level', to: 'last.level !== level' },
  { kata: 'waiting-list', what: 'comparison', from: 'known >= 0', to: 'known > 0' },
  { kata: 'waiting-list', what: 'off by one', from: 'return place + 1;', to: 'return place;' },
  { kata: 'waiting-list', what: 'comparison', from: 'g.size <= seats', to: 'g.size < seats' },
  { kata: 'waiting-list', what: 'condition turned', from: 'g.name !== name', to: 'g.name === name' },
  {
    kata: 'waiting-list',
    what: 'statement dropped',
    from: '      this.guests[known]!.size = size;\n',
    to: '',
  },
  {
    kata: 'waiting-list',
    what: 'wrong sign',
    from: 'this.served += guest!.size',
    to: 'this.served -= guest!.size',
  },
  { kata: 'waiting-list', what: 'wrong start', from: 'sum + g.size, 0)', to: 'sum + g.size, 1)' },
  {
    kata: 'waiting-list',
    what: 'branch swapped',
    from: 'isMember ? this.firstOther() : this.guests.length',
    to: 'isMember ? this.guests.length : this.firstOther()',
  },
];
