// Emergencies: the number first, nothing else in the way. The numbers stand in templates/vi/emergency.yaml.
import type { Flow, Step } from '../flow.js';
import { nothing } from '../flow.js';
import { say } from '../message.js';
import { declareTexts, text } from '../texts.js';

const EMERGENCY = declareTexts('emergency', { numbers: text() });

const numbers: Step = {
  read: nothing,
  show: ({ services: { texts } }) => ({ say: [say(texts.format(EMERGENCY.numbers))] }),
};

export const emergencyFlow: Flow = {
  name: 'emergency',
  version: 1,
  texts: { name: 'emergency', keys: EMERGENCY },
  start: 'numbers',
  steps: { numbers },
  intents: { emergency: () => ({ go: 'emergency.numbers' }) },
};
