// `npm run build`: compiles TypeScript to dist/, then trains the language model when the intents changed.
import { run } from './run.mjs';

run('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], 'The build failed: the messages above say where.');
run('node', ['scripts/train-intents.mjs'], 'The language model could not be trained.');
