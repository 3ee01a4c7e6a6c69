import { channelContract } from '../contract.js';
import { zaloSubject } from './subject.js';

describe('the channel contract on zalo', () => {
  channelContract(zaloSubject);
});
