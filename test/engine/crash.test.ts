// Invariants 1 to 6 against kill -9, on the embedded home.
import { removeTemporaryFolders } from '../storage/temporary.js';
import { killingTests } from './killing.js';

jest.setTimeout(400_000);

afterAll(removeTemporaryFolders);

describe('a bot on the embedded home, killed with -9 at 108 random moments', () => {
  killingTests({ arenas: 3, kills: 36, home: () => ({ kind: 'embedded' }) });
});
