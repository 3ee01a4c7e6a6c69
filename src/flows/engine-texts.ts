// The few sentences that the engine says on its own, from templates/vi/engine.yaml.
import type { EngineTexts } from '../turns/turn.js';
import { say } from './message.js';
import { serviceFacts } from './service/texts.js';
import type { TextFile, Texts } from './texts.js';
import { declareTexts, text } from './texts.js';

const ENGINE = declareTexts('engine', {
  turnFailed: text('province', 'national'),
  repliesTooOld: text(),
});

export const ENGINE_TEXTS: TextFile = { name: 'engine', keys: ENGINE };

export function engineTexts(texts: Texts): EngineTexts {
  const { province, national } = serviceFacts(texts);
  return {
    turnFailed: say(texts.format(ENGINE.turnFailed, { province, national })),
    repliesTooOld: say(texts.format(ENGINE.repliesTooOld)),
  };
}
