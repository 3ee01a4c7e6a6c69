// Whether what the citizen wrote reached the bot: looks messages up in the simulator's log of webhooks until each is
// delivered or given up. A message is found by its id, which stands in the webhook's body.

const EVERY_MS = 1_500;
/** A webhook that never shows up in the log (it keeps only the newest) is not waited for longer than this. */
const LOOKS = 40;

const NOTES = {
  retrying: 'Chưa gửi được, sẽ gửi lại',
  givenUp: 'Không gửi được, đã thôi gửi lại',
  dropped: 'Không gửi được: webhook đang tắt',
};

export function watchDeliveries(simulator, show) {
  /** @type {Map<string, { looks: number, note: string }>} */
  const expected = new Map();
  let timer;

  async function look() {
    timer = undefined;
    const log = await simulator.deliveries().catch(() => []);
    for (const [id, entry] of expected) {
      const found = log.findLast((delivery) => delivery.body.includes(id));
      entry.looks += 1;
      entry.note = NOTES[found?.outcome] ?? '';
      if (found?.outcome === 'delivered' || (!found && entry.looks >= LOOKS)) expected.delete(id);
    }
    show((message) => expected.get(message.id)?.note);
    if ([...expected.values()].some(({ note }) => note === '' || note === NOTES.retrying)) again();
  }

  function again() {
    timer ??= setTimeout(look, EVERY_MS);
  }

  return {
    expect(...ids) {
      for (const id of ids) if (!expected.has(id)) expected.set(id, { looks: 0, note: '' });
      if (expected.size > 0) again();
    },
    forget() {
      expected.clear();
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
