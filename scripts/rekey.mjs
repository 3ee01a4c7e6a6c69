// `npm run rekey`: seals what is stored under the current key of DATA_KEY.
import { runStorageProgram } from './storage-program.mjs';

await runStorageProgram('rekey');
