// What the bot says, from the project's own templates: a reworded sentence must not break these tests.
import { join } from 'node:path';
import { TEXT_FILES } from '../../src/flows/flows.js';
import { serviceFacts } from '../../src/flows/service/texts.js';
import { readYamlFolder } from '../../src/flows/text-files.js';
import { loadTexts } from '../../src/flows/texts.js';

export const ROOT = join(__dirname, '..', '..');

export const texts = loadTexts(readYamlFolder(join(ROOT, 'templates', 'vi')), TEXT_FILES);

/** Numbers and addresses that several sentences name: `portal`, `province`, `national`. */
export const facts = serviceFacts(texts);
