// `npm run retention`: shows what is kept longer than its time, by class; with --delete it deletes that.
import { runStorageProgram } from './storage-program.mjs';

await runStorageProgram('retention');
