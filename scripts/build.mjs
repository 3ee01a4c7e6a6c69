// `npm run build`: compiles TypeScript to dist/, trains the language model when the intents changed, builds the desk's pages when theirs did.
import { buildNow, install, requireNode } from './setup.mjs';

requireNode();
install();
buildNow();
