// The composition root: the only file that knows every part. Reads the settings, puts the parts together, starts them,
// and stops them in the reverse order.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTurnHandler } from './bot/handler.js';
import { Catalogue } from './catalogue/catalogue.js';
import { loadSearchData } from './catalogue/search-data.js';
import { CatalogueSync } from './catalogue/sync.js';
import { createChannels } from './channels/create.js';
import { Governor, type RateLimit } from './channels/governor.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { createDesk } from './desk/desk.js';
import { createDeskLaneHandler } from './desk/lanes/desk-lane.js';
import { engineTexts } from './flows/engine-texts.js';
import { readCategories } from './flows/feedback/categories.js';
import { TEXT_FILES } from './flows/flows.js';
import { createHandoverServices } from './flows/handover/queue-state.js';
import { createOfficeDirectory } from './flows/office-contact/directory.js';
import { serviceFacts } from './flows/service/texts.js';
import { loadHelp } from './flows/service-help/topics.js';
import { readYamlFolder } from './flows/text-files.js';
import { loadTexts, TemplateError } from './flows/texts.js';
import { CONTACT_PICTURE, createApp } from './http/app.js';
import { Metrics } from './http/metrics.js';
import { PortalWebhook } from './http/portal-webhook.js';
import { listen } from './http/server.js';
import { webhookHandlers } from './http/webhooks.js';
import { createLanguage, parseLanguageModel } from './language/language.js';
import { parseCounts } from './language/restoration/counts.js';
import { type Clock, MINUTE, systemClock } from './lib/clock.js';
import { CodedError } from './lib/errors.js';
import { addressOf } from './lib/ids.js';
import { KeyedHash } from './lib/keyed-hash.js';
import { createLog, type Log } from './lib/log.js';
import { Sealer } from './lib/sealing.js';
import { createPictures } from './media/picture-desk.js';
import { dossierPoll } from './notices/dossier-poll.js';
import { feedbackPoll } from './notices/feedback-poll.js';
import { createPortalLaneHandler } from './notices/portal-lane.js';
import { PortalPoll } from './notices/portal-poll.js';
import { PORTAL_TASKS } from './notices/portal-tasks/tasks.js';
import { rekeySubscriptions } from './notices/rekey.js';
import { chosenSender } from './otp/chosen-sender.js';
import { OneTimeCodes } from './otp/one-time-codes.js';
import { createNoPortal, createPortalClient } from './portal/client.js';
import {
  importCatalogue,
  ownDataKey,
  ROOT,
  readHolidays,
  readNotices,
  readOffices,
  readQuestions,
} from './program-files.js';
import { STAFF_MEMBER } from './records/staff.js';
import { openHome } from './storage/open-home.js';
import { Codec } from './turns/codec.js';
import { eventLetter } from './turns/dead-letters.js';
import { Engine } from './turns/engine.js';
import { DeadLetters } from './turns/replay.js';
import { exclusively } from './turns/singleton.js';
import type { TurnHandler } from './turns/turn.js';

export interface RunningBot {
  port: number;
  /** Answers what is under way, then gives everything up. */
  stop(): Promise<void>;
}

export interface BotParts {
  log?: Log;
  clock?: Clock;
  /** In place of the citizens' bot; for benchmarks and fault tests. */
  handler?: TurnHandler;
  /** See SqlOptions. */
  maxPages?: number;
  /** See EngineOptions; true unless told. */
  works?: boolean;
  /** See EngineOptions. */
  turnsAtOnce?: number;
  /** In place of Zalo's own limit of calls; for benchmarks, whose platform has none. */
  zaloRate?: RateLimit;
}

/** Throws ConfigError, TemplateError or CodedError with what to do about it. */
export async function startBot(config: Config, parts: BotParts = {}): Promise<RunningBot> {
  const log = parts.log ?? createLog(config.logLevel);
  const clock = parts.clock ?? systemClock;
  for (const note of config.notes) log.info({ action: 'config.note', reason: note });

  // Words first: a slip in a template stops the start before anything is opened.
  const files = readYamlFolder(join(ROOT, 'templates', 'vi'));
  const texts = loadTexts(files, TEXT_FILES);
  const help = loadHelp(readYamlFolder(join(ROOT, 'help')), serviceFacts(texts));
  const workingDays = readHolidays(config);
  const agencies = readOffices(config, workingDays);
  const questionnaire = readQuestions(config);
  const noticeRules = readNotices(config);
  const categories = readCategories(readFileSync(join(ROOT, 'intents', 'categories', 'feedback.yaml'), 'utf8'));
  const searchData = loadSearchData(join(ROOT, 'intents'));
  const language = createLanguage(
    parseLanguageModel(JSON.parse(readFileSync(join(ROOT, 'dist', 'intents-model.json'), 'utf8'))),
  );

  const metrics = new Metrics();

  const dataKeys = config.dataKeys ?? [ownDataKey(config, log)];
  const sealer = new Sealer(dataKeys);
  const dossierKeys = new KeyedHash(dataKeys, 'dossier');
  const codec = new Codec(sealer);
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const home = await openHome(config, { sealer, clock, owner, log, maxPages: parts.maxPages });
  const works = parts.works ?? config.role !== 'web';
  const hasDesk =
    config.deskAdmin !== undefined || (await home.documents.count(STAFF_MEMBER, { index: 'name' }, 1)) > 0;

  const portal =
    config.portal === undefined
      ? createNoPortal()
      : createPortalClient({
          url: config.portal.url,
          apiKey: config.portal.apiKey ?? '',
          clock,
          onCall: ({ operation, outcome, ms }) => metrics.portalCall(operation, outcome, ms),
        });
  const restoration = JSON.parse(readFileSync(join(ROOT, 'dist', 'restoration-model.json'), 'utf8'));
  const catalogue = new Catalogue(searchData, parseCounts(restoration));
  const sync = new CatalogueSync({
    portal,
    records: home.records,
    catalogue,
    clock,
    log,
    ...(home.name === 'embedded'
      ? {}
      : { exclusively: (work) => exclusively(home.turns, 'singleton:catalogue', owner, work) }),
  });
  const governor = new Governor();
  const channels = createChannels(config.channels, {
    tokens: home.tokens,
    clock,
    log,
    governor,
    files: home.blobs,
    // Messages are counted by the engine; these are the calls around them.
    onSend: ({ channel, call, outcome, reason }) => {
      if (call !== 'message') metrics.platformCall(channel, call, outcome, reason ?? '');
    },
    ...(parts.zaloRate === undefined ? {} : { zaloRate: parts.zaloRate }),
  });

  const otp = new OneTimeCodes(dataKeys, chosenSender(config, channels, log));
  const citizens =
    parts.handler ??
    createTurnHandler({
      texts,
      help,
      language: {
        understand: (text) => language.understand(text, undefined, catalogue.current().restorer),
        placesNamed: language.placesNamed,
      },
      catalogue: {
        size: () => catalogue.current().size,
        search: (query, most) => catalogue.current().search(query, most),
        get: (code) => catalogue.current().get(code),
        separate: (hits, query) => catalogue.current().separate(hits, query),
      },
      portal,
      offices: createOfficeDirectory(portal),
      counters: home.counters,
      documents: home.documents,
      records: home.records,
      workingDays,
      questionnaire,
      otp,
      notices: { rules: noticeRules, dossierKeys },
      ratingKeys: new KeyedHash(dataKeys, 'rating'),
      ...(config.publicUrl === undefined ? {} : { contactPicture: config.publicUrl + CONTACT_PICTURE }),
      pictures: createPictures({ hosts: config.mediaHosts, blobs: home.blobs, clock, log }),
      feedback: { categories, contact: config.feedbackContact },
      ...(hasDesk ? { handover: createHandoverServices(agencies, home.documents) } : {}),
      privacyUrl: `${config.publicUrl ?? `http://localhost:${config.port}`}/privacy`,
    });
  const portalLanes = createPortalLaneHandler({
    forgetDossier: (code) => portal.forget(code),
    requestSync: () => sync.requestSync(),
    documents: home.documents,
    dossierKeys,
    portal,
    tasks: {
      tasks: PORTAL_TASKS,
      reports: portal,
      blobs: home.blobs,
      letter: ({ id, lane, at, body }, reason, now) => {
        metrics.engine.deadLetter('event', reason);
        log.error({ action: 'portal-task.dead-letter', lane, reason });
        return eventLetter({ id, lane, payload: codec.sealEvent(id, { at, body }) }, reason, now);
      },
    },
  });

  const deskLanes = createDeskLaneHandler({ documents: home.documents });
  const engine = new Engine({
    store: home.turns,
    records: home.records,
    sealer,
    partitions: home.partitions,
    handler: (request) => {
      const { lane } = request.event;
      if (addressOf(lane) !== undefined) return citizens(request);
      return lane.startsWith('desk:') ? deskLanes(request) : portalLanes(request);
    },
    channels,
    texts: engineTexts(texts),
    clock,
    observer: metrics.engine,
    log,
    owner,
    works,
    onShare: (share) => governor.allot(share),
    ...(parts.turnsAtOnce === undefined ? {} : { turnsAtOnce: parts.turnsAtOnce }),
  });
  metrics.watch({
    depth: () => engine.depth(),
    backlog: () => home.turns.backlog(),
    catalogueSize: () => catalogue.current().size,
    now: clock,
  });

  const poll =
    config.portalPollMinutes === 0 || !portal.configured
      ? undefined
      : new PortalPoll({
          rounds: [
            dossierPoll({ portal, documents: home.documents, acceptor: engine.acceptor, clock }),
            feedbackPoll({ reports: portal, documents: home.documents, acceptor: engine.acceptor, clock }),
          ],
          exclusively: (work) => exclusively(home.turns, 'singleton:portal-poll', owner, work),
          everyMs: config.portalPollMinutes * MINUTE,
          log,
        });

  // What only turns need stays unloaded where no turns run.
  if (works) {
    await importCatalogue(config, home.records, log);
  }
  // Officers search procedures as well.
  if (works || hasDesk) await sync.start();
  if (works) {
    await Promise.all(channels.map((channel) => channel.start()));
    await engine.start();
    poll?.start();
    if (dataKeys.length > 1) {
      const options = { documents: home.documents, dossierKeys, acceptor: engine.acceptor, clock };
      rekeySubscriptions(options).catch((error: unknown) => log.warn({ action: 'subscriptions.rekey-failed', error }));
    }
  }

  const desk =
    !hasDesk || config.role === 'worker'
      ? undefined
      : createDesk({
          documents: home.documents,
          records: home.records,
          blobs: home.blobs,
          counters: home.counters,
          sessions: home.sessions,
          agencies,
          categories,
          catalogue: {
            search: (query, most) => catalogue.current().search(query, most),
            get: (code) => catalogue.current().get(code),
          },
          portal,
          acceptor: engine.acceptor,
          exclusively: (work) => exclusively(home.turns, 'singleton:assigner', owner, work),
          deadLetters: new DeadLetters(home.records, engine.acceptor, codec),
          secrets: config.sessionSecrets ?? dataKeys,
          persons: new KeyedHash(dataKeys, 'person'),
          ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
          ...(config.deskAdmin === undefined ? {} : { firstAdmin: config.deskAdmin }),
          clock,
          log,
        });

  let serving = true;
  const portalWebhook = new PortalWebhook(config.portalWebhookSecrets, engine.acceptor);
  const app = createApp({
    metrics,
    log,
    storageReady: () => home.ping(),
    serving: () => serving,
    privacyPage: readFileSync(join(ROOT, 'templates', 'vi', 'privacy.html'), 'utf8'),
    contactPicture: readFileSync(join(ROOT, 'templates', 'images', 'contact.png')),
    ...(desk === undefined ? {} : { desk: { router: desk.router, pages: join(ROOT, 'dist', 'web') } }),
    trustProxy: config.trustProxy,
  });
  await desk?.start();
  const front = await listen(
    config.port,
    config.role === 'worker'
      ? new Map()
      : webhookHandlers({ channels, acceptor: engine.acceptor, portal: portalWebhook, metrics, log }),
    app,
  );
  log.info({
    action: 'bot.ready',
    ms: Math.round(performance.now()),
    detail: { port: front.port, storage: home.name, role: config.role },
  });

  return {
    port: front.port,
    async stop() {
      serving = false;
      await desk?.stop();
      await front.close();
      await sync.stop();
      await poll?.stop();
      await engine.stop();
      await Promise.all(channels.map((channel) => channel.stop()));
      await catalogue.close();
      portal.close();
      await home.close();
      log.info({ action: 'bot.stopped' });
    },
  };
}

async function main(): Promise<void> {
  // A file size limit then fails the write instead of ending the process: the webhook is answered 503.
  process.on('SIGXFSZ', () => undefined);
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const bot = await startBot(config, { log });
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    bot.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ action: 'bot.stop-failed', error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Anything that gets this far is a fault of ours: end, and let the service manager start anew from the durable state.
  process.on('uncaughtException', (error) => {
    log.error({ action: 'bot.uncaught', error });
    process.exit(1);
  });
}

/** Says why in words an operator can use; never with a value of a setting. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof TemplateError) return error.message;
  if (error instanceof CodedError) return `${error.message} [${error.code}]`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`Một Cửa cannot start.\n${explain(error)}\n`);
    process.exit(1);
  });
}
