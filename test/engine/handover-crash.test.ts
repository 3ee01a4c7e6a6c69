// The handover against kill -9 on the embedded home.
import { removeTemporaryFolders } from '../storage/temporary.js';
import { handoverKillingTests } from './handover-killing.js';
import { between } from './handover-talks.js';

jest.setTimeout(400_000);

afterAll(removeTemporaryFolders);

describe('a bot on the embedded home killed with -9 while citizens and officers talk', () => {
  handoverKillingTests({
    citizens: 20,
    kills: 10,
    // Now and then long enough for a reply of unknown fate to be looked for and sent again.
    lives: () => (Math.random() < 0.1 ? between(3000, 3500) : between(0, 500)),
    settings: () => ({}),
  });
});
