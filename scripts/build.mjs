// `npm run build`: compiles TypeScript to dist/, then trains the language model when the intents changed.
import { buildNow, install, requireNode } from './setup.mjs';

requireNode();
install();
buildNow();
