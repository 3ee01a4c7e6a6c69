// A process that does nothing but watch its own main thread: what it sees is the machine's doing, not the bot's.
import { serveParent } from './child.js';
import { MainThreadWatch } from './main-thread.js';

const watch = new MainThreadWatch();
serveParent({}, { blockedMs: async () => watch.take().longestMs });
setInterval(() => undefined, 60_000);
