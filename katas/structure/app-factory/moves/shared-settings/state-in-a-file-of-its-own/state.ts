interface State {
  currency: string;
}

const EURO = 'EUR';

/** what all routes look up */
export const state: State = {
  currency: EURO,
};
