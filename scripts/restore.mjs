// `npm run restore`: puts a back-up into empty storage.
import { runStorageProgram } from './storage-program.mjs';

await runStorageProgram('restore');
