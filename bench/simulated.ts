// The project's simulators as a bench process, lean: Zalo for the paced run, the portal with the sample catalogue.
import { startSimulators } from '../simulators/start.js';
import { listenLocally, serveParent } from './child.js';
import { Tap } from './tap.js';
import { userNumber } from './webhook-bodies.js';

const tap = new Tap();
let messages = 0;
const { url } = await startSimulators({
  // Nobody listens there: webhooks come from the load generator.
  botUrl: 'http://127.0.0.1:9',
  lean: true,
  zalo: {
    lean: true,
    onSend: ({ to }) => {
      messages += 1;
      tap.note(userNumber(to));
    },
  },
});
serveParent({ url, tapPort: await listenLocally(tap.server) }, { messages: async () => messages });
