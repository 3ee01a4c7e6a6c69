// `npm run -s desk:password -- USERNAME`: a new password for a member of staff.
import { programOf } from './storage-program.mjs';

const { runDeskPasswordProgram } = await programOf('desk-password.js');
await runDeskPasswordProgram(process.argv.slice(2));
