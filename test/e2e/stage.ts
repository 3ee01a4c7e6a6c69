// A stage for whole conversations: the simulated platforms and portal in this process, the real bot in its own, citizens
// who write and wait for what appears on their phones.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { botSettings } from '../../simulators/accounts.js';
import type { PhoneAction, PhoneMessage } from '../../simulators/platform/phone-view.js';
import { type Simulators, type StartOptions, startSimulators } from '../../simulators/start.js';
import { temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { BotProcess, freePort, metricIn, PROJECT, type Settings } from './bot-process.js';

export type App = 'zalo' | 'messenger';
export const APPS: readonly App[] = ['zalo', 'messenger'];

const QUIET = [
  'mot_cua_events_stored',
  'mot_cua_outbox_stored',
  'mot_cua_lanes_backlog',
  'mot_cua_turns_running',
  'mot_cua_replies_waiting',
];

export class Stage {
  readonly dataDir = temporaryFolder();
  #bot: BotProcess | undefined;
  /** What earlier processes of this stage printed. */
  #before = '';
  /** By how much the clocks of the bot and of everything simulated stand ahead of the machine's. */
  #aheadMs = 0;

  private constructor(
    readonly simulators: Simulators,
    readonly port: number,
    private readonly settings: Settings,
  ) {}

  /** The simulators; the bot is still to be started. */
  static async prepare(options: Omit<StartOptions, 'botUrl'> = {}, settings: Settings = {}): Promise<Stage> {
    const port = await freePort();
    const simulators = await startSimulators({ botUrl: `http://127.0.0.1:${port}`, ...options });
    return new Stage(simulators, port, settings);
  }

  /** Everything up and ready. */
  static async open(options: Omit<StartOptions, 'botUrl'> = {}, settings: Settings = {}): Promise<Stage> {
    const stage = await Stage.prepare(options, settings);
    await stage.start();
    return stage;
  }

  get bot(): BotProcess {
    if (this.#bot === undefined) throw new Error('the bot was never started');
    return this.#bot;
  }

  /** The output of all processes of this stage. */
  get output(): string {
    return this.#before + (this.#bot?.output ?? '');
  }

  /** What a process on this stage is told; `more` goes over it. */
  environment(more: Settings = {}): Settings {
    return {
      ...botSettings(this.simulators.url),
      PORT: String(this.port),
      DATA_DIR: this.dataDir,
      ...this.settings,
      ...more,
    };
  }

  launch(more: Settings = {}): BotProcess {
    const settings = this.environment(more);
    const url = `http://127.0.0.1:${settings.PORT}`;
    if (this.#aheadMs === 0) return new BotProcess(url, settings, temporaryFolder());
    const ahead = { ...settings, AHEAD_MS: String(this.#aheadMs) };
    return new BotProcess(url, ahead, temporaryFolder(), PROJECT, join(__dirname, 'later-bot.mjs'));
  }

  /** Starts the bot (again) with the same settings as before; the last process must have ended. */
  async start(more: Settings = {}): Promise<void> {
    this.#before = this.output;
    this.#bot = this.launch(more);
    await this.#bot.ready();
  }

  /** The time now, as the bot has it. */
  get now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Nobody writes for so long, and the bot is killed and started anew in between. */
  async later(ms: number): Promise<void> {
    if (this.#bot?.running) await this.#bot.kill();
    this.#aheadMs += ms;
    await this.start();
    // After the start: a platform whose webhooks fail for an hour gives the bot up.
    const { zalo, messenger, portal } = this.simulators;
    await zalo.clock.advance(ms);
    await messenger.clock.advance(ms);
    portal.clock.advance(ms);
  }

  async close(): Promise<void> {
    if (this.#bot?.running) await this.#bot.kill();
    await this.simulators.close();
  }

  citizen(app: App, details: { id?: string; name?: string; phone?: string } = {}): Citizen {
    const { zalo, messenger } = this.simulators;
    const { name, ...shared } = details;
    if (app === 'zalo') return new Citizen(this, app, zalo.createUser({ ...shared, ...(name && { name }) }).id);
    const [lastName = '', ...first] = (name ?? '').split(' ');
    return new Citizen(
      this,
      app,
      messenger.createUser({ ...shared, ...(name && { lastName, firstName: first.join(' ') }) }).id,
    );
  }

  /** No webhook on the wire, no event without its turn, no reply that still has to leave. */
  async quiet(withinMs = 20_000): Promise<void> {
    const { zalo, messenger } = this.simulators;
    await zalo.settled();
    await messenger.settled();
    const isQuiet = async () => {
      const text = await this.bot.text('/metrics');
      return QUIET.every((name) => metricIn(text, name) === 0);
    };
    await until(isQuiet, 'the bot to be done', withinMs);
  }

  /** Every file under DATA_DIR, as bytes read one to one into characters. */
  storedBytes(): string {
    return readdirSync(this.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      .join('\n');
  }
}

/** One person with one phone. */
export class Citizen {
  constructor(
    readonly stage: Stage,
    readonly app: App,
    readonly id: string,
  ) {}

  /** Everything on the phone. */
  get messages(): PhoneMessage[] {
    return this.stage.simulators[this.app].conversation(this.id).messages;
  }

  /** What came from the bot, in order. */
  get heard(): PhoneMessage[] {
    return this.messages.filter(({ from }) => from === 'bot');
  }

  get last(): PhoneMessage {
    const message = this.heard.at(-1);
    if (message === undefined) throw new Error('the bot has said nothing');
    return message;
  }

  /** Lets the bot write to them as if they had just written through the app; for webhooks that a test makes itself. */
  reachable(): void {
    const { zalo, messenger } = this.stage.simulators;
    const onZalo = zalo.state.users.get(this.id);
    if (onZalo !== undefined) zalo.state.interacted(onZalo);
    const onMessenger = messenger.state.users.get(this.id);
    if (onMessenger !== undefined) messenger.state.acted(onMessenger);
  }

  /** Writes without waiting. */
  write(text: string): void {
    this.stage.simulators[this.app].acts.say(this.id, { text });
  }

  /** Writes, and returns what the bot answered, its messages joined by an empty line. */
  async say(text: string): Promise<string> {
    return this.answerTo(() => this.write(text));
  }

  /** Taps the button, row or chip with this title; the newest that has it. */
  async tap(title: string): Promise<string> {
    for (const message of this.messages.toReversed()) {
      const action = actionsOf(message).find((one) => one.title === title);
      if (action === undefined) continue;
      return this.answerTo(() =>
        this.stage.simulators[this.app].acts.tap(this.id, { messageId: message.id, index: action.index }),
      );
    }
    throw new Error(`there is no “${title}” to tap: ${this.buttons.join(' | ')}`);
  }

  /** Titles of what can be tapped on the bot's last message. */
  get buttons(): string[] {
    return actionsOf(this.last).map(({ title }) => title);
  }

  /** The answer to anything else the citizen does. */
  async answerTo(act: () => unknown): Promise<string> {
    const before = this.heard.length;
    act();
    await this.stage.quiet();
    return this.heard
      .slice(before)
      .map(({ text, card }) => [text, ...(card ?? []).map(({ title, subtitle }) => `${title}\n${subtitle ?? ''}`)])
      .map((parts) => parts.filter(Boolean).join('\n'))
      .join('\n\n');
  }

  /** Waits for a message of the bot that holds this. */
  async hears(part: string | RegExp, withinMs = 15_000): Promise<void> {
    const holds = (text = '') => (typeof part === 'string' ? text.includes(part) : part.test(text));
    await until(() => this.heard.some(({ text }) => holds(text)), `“${part}” on the phone`, withinMs);
  }
}

function actionsOf(message: PhoneMessage): PhoneAction[] {
  return [...(message.card ?? []).flatMap(({ actions }) => actions), ...message.actions, ...message.quickReplies];
}
