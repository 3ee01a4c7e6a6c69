// Welcome, menu and what the bot says about itself: wording in templates/vi/home.yaml.
import { declareTexts, text, title } from '../texts.js';

export const HOME = declareTexts('home', {
  noticeVersion: text(),
  notice: text('privacyUrl'),
  welcome: text(),
  hello: text(),
  menu: text(),
  more: text(),
  capabilities: text(),
  identity: text('province'),
  find: title(),
  track: title(),
  staff: title(),
  others: title(),
  office: title(),
  feedback: title(),
  help: title(),
  about: title(),
  menuButton: title(),
});
