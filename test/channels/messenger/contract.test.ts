import { channelContract } from '../contract.js';
import { messengerSubject } from './subject.js';

describe('the channel contract on messenger', () => {
  channelContract(messengerSubject);
});
