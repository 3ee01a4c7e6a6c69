// The report as text, of bounded length.

const COLUMN = 9;

export function print({ all, styles, halves, intents, talks, parts, outside, ...report }) {
  console.log(`${all.lines} messages, ${all.ranked} of them about procedures of the sample catalogue
  intent: understood · certainWrong: sure of a wrong intent · right: answered rightly
  asked: asked back or not understood · offered: of these, with the right procedure among the choices
  wrong: answered, and not the right thing · wrongOfAnswered: the same over what was answered · r1 … mrr: the search`);
  table('style', { ...styles, all });
  table('half', halves);
  table('intent', intents);
  table('baseline', report.baselines);
  console.log(`\naspects found ${show(report.aspects)} · entities found ${show(report.entities)}`);
  console.log(
    `named no procedure of the catalogue: ${outside.lines}, a procedure answered all the same: ${outside.answered}`,
  );
  console.log(
    `conversations: ${talks.right} of ${talks.all} · several questions: ${parts.understood} of ${parts.all} understood, ${parts.answered} answered`,
  );
  console.log('\ntaken for (of these with certainty)');
  for (const { taken, lines, certain } of report.confusions) console.log(`  ${taken}: ${lines} (${certain})`);
  if (report.failures) console.log(`\n${[...report.failures, ...talks.wrong, ...parts.wrong].join('\n')}`);
  if (report.data === undefined) return;
  if (report.data === 'missing') console.log('\nno development data in ../shared/data');
  else {
    table('development questions', report.data.questions);
    table('development phrases', report.data.phrases);
  }
}

function table(title, groups) {
  const columns = Object.keys(Object.values(groups)[0] ?? {});
  const width = Math.max(title.length, ...Object.keys(groups).map((name) => name.length));
  const row = (name, cells) => name.padEnd(width) + cells.map((cell, i) => cell.padStart(widthOf(columns[i]))).join('');
  console.log(`\n${row(title, columns)}`);
  for (const [name, figures] of Object.entries(groups))
    console.log(
      row(
        name,
        columns.map((column) => show(figures[column])),
      ),
    );
}

function widthOf(column) {
  return Math.max(COLUMN, column.length + 2);
}

function show(value) {
  if (value === null || value === undefined) return '–';
  return Number.isInteger(value) && value > 1 ? String(value) : value.toFixed(3);
}
