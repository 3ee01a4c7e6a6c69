// The routes of one simulated platform, as the phone uses them. No drawing here.

/** A request the simulator refused, with the sentence it gave and its HTTP status. */
class SimulatorRefusal extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

async function call(path, body, method = body === undefined ? 'GET' : 'POST') {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === '' ? {} : readJson(text);
  if (!response.ok)
    throw new SimulatorRefusal(response.status, answer.error ?? answer.message ?? `HTTP ${response.status}`);
  return answer;
}

/** Stores a file where the platform keeps what people send; its address there. */
async function upload(file) {
  const response = await fetch('/media', { method: 'POST', headers: { 'Content-Type': file.type }, body: file });
  if (!response.ok) throw new SimulatorRefusal(response.status, `HTTP ${response.status}`);
  return new URL((await response.json()).path, location.href).href;
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** @param {string} base prefix of the simulator, e.g. `/zalo/__sim` */
export function simulator(base) {
  const user = (id) => `${base}/users/${encodeURIComponent(id)}`;
  return {
    newUser: () => call(`${base}/users`, {}),
    conversation: (id) => call(`${user(id)}/conversation`),
    say: (id, text) => call(`${user(id)}/say`, { text }),
    tap: (id, messageId, index) => call(`${user(id)}/tap`, { messageId, index }),
    sendPicture: async (id, file) => call(`${user(id)}/image`, { url: await upload(file) }),
    sendPlace: (id) => call(`${user(id)}/location`, {}),
    open: (id) => call(`${user(id)}/open`, {}),
    streamAddress: (id) => `${user(id)}/stream`,
    /** What became of the newest webhooks: `{ body, outcome }`, the body as it was sent. */
    deliveries: async () => (await call(`${base}/deliveries`)).deliveries,
    state: () => call(`${base}/state`),
    faults: async () => (await call(`${base}/faults`)).faults,
    addFault: (fault) => call(`${base}/faults`, fault),
    clearFaults: () => call(`${base}/faults`, undefined, 'DELETE'),
    setTwists: (twists) => call(`${base}/twists`, twists),
    hold: () => call(`${base}/hold`, {}),
    release: (order) => call(`${base}/release`, { order }),
    enableWebhook: () => call(`${base}/webhook`, { enabled: true }),
  };
}

/** What exists in the portal simulator's data for a newcomer to try; empty when it has none to give. */
export async function portalHints(base) {
  try {
    return await call(`${base}/hints`);
  } catch {
    return {};
  }
}
