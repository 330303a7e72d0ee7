/** Words for what `check` finds, by code. */
const WORDS: Record<string, (a: Readonly<Record<string, string | number>>) => string> = {
  'diagnosis-differs': (a) => `declared as ${a.declared}, diagnosed as ${a.found}: ${a.probes}`,
  'design-loses': (a) => `an accepted design does not win: ${a.probes}`,
  'behind-differs': (a) => `expect.json says behind it lies “${a.declared}”, found “${a.found}”`,
  'line-differs': (a) => `expect.json points at “${a.declared}”, the diagnosis at “${a.found}”`,
  'too-few-designs': (a) => `${a.count} accepted designs; at least two of different shape are needed`,
  'mistake-without-move': (a) => `no stored move is diagnosed as ${a.mistake}`,
  'probe-without-move': (a) => `no stored move loses the probe ${a.probe}`,
  'same-vector': (a) => `the moves ${a.moves} show the same vector under different mistakes`,
  'sentence-without-probe': (a) => `no probe stands for sentence ${a.sentence} of the brief`,
  'probe-without-sentence': (a) =>
    `the probe ${a.probe} stands for sentence ${a.sentence}, which the brief does not have`,
  'unknown-id': (a) => `${a.what} names “${a.id}”, which does not exist`,
  'hunk-without-reason': (a) => `the way to “${a.design}” has a hunk without a reason at line ${a.line}`,
  'question-missing': () => 'the analysis asks no question: fewer than two lines to choose from',
  'wrong-form': (a) => `it has not the form it should have: ${a.says}`,
  'too-long': (a) => `the ${a.what} has ${a.length}, at most ${a.most} fit`,
  'text-missing': (a) => `${a.what} is empty`,
};

/** One problem as a sentence. */
export function problemWords(p: { code: string; args: Readonly<Record<string, string | number>> }): string {
  return WORDS[p.code]?.(p.args) ?? `${p.code} ${JSON.stringify(p.args)}`;
}
