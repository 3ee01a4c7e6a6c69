// `npm run backup`: copies everything the bot keeps into one file, also while it runs.
import { runStorageProgram } from './storage-program.mjs';

await runStorageProgram('backup');
