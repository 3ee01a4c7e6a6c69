// Whether the bot's webhooks can be reached, said in words, asked again every few seconds.

const EVERY_MS = 3_000;

const NOT_RUNNING = (botUrl) =>
  `Bot chưa chạy ở ${botUrl}. Vừa mở “npm run demo” thì chờ vài giây; nếu không, chạy “npm start”.`;
const OFF = (names, botUrl) => `Bot chạy ở ${botUrl} nhưng chưa nhận webhook ${names}. Kiểm tra cấu hình kênh đó.`;

/** @param {{ botUrl: string, channels: Record<string, 'reachable'|'refused'|'silent'> }} status */
export function statusSentence(status) {
  const names = { zalo: 'Zalo', messenger: 'Messenger' };
  const channels = Object.entries(status.channels);
  const bad = channels.filter(([, state]) => state !== 'reachable').map(([id]) => names[id]);
  if (bad.length === 0) return { state: 'good', text: 'Bot đang chạy, cả hai kênh nhận được tin' };
  if (channels.every(([, state]) => state === 'silent')) return { state: 'bad', text: NOT_RUNNING(status.botUrl) };
  return { state: 'part', text: OFF(bad.join(' và '), status.botUrl) };
}

/** Keeps the status line true. */
export function watchStatus(line) {
  const ask = async () => {
    let status;
    try {
      const response = await fetch('/__phone/status');
      if (response.ok) status = await response.json();
    } catch {
      // The simulators stopped: the sentence below says so.
    }
    const { state, text } = status
      ? statusSentence(status)
      : { state: 'bad', text: 'Máy giả lập đã dừng. Chạy lại “npm run demo”.' };
    if (line.textContent !== text) line.textContent = text;
    line.dataset.state = state;
    line.title = text;
    setTimeout(ask, EVERY_MS);
  };
  ask();
}
