// `npm run -s audit`: verifies the audit trail of every agency.
import { programOf } from './storage-program.mjs';

const { runAuditProgram } = await programOf('audit.js');
await runAuditProgram(process.argv.slice(2));
