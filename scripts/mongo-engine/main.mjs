// `node scripts/mongo-engine/main.mjs` starts a MongoDB for tests, prints its URI on a line of its own and keeps it until it
// is told to end; `--prepare` only fetches what is missing, so that tests start at once.
import { NoMongo, prepareMongo, startMongo } from './engine.mjs';

try {
  if (process.argv.includes('--prepare')) {
    console.log(`Tests will use ${prepareMongo()}`);
  } else {
    const mongo = await startMongo();
    console.log(mongo.uri);
    const end = () => mongo.stop().then(() => process.exit(0));
    process.once('SIGINT', end).once('SIGTERM', end);
    // A server that is not ours keeps nothing running: the promise of the command is to stay all the same.
    setInterval(() => {}, 60_000);
  }
} catch (error) {
  if (!(error instanceof NoMongo)) throw error;
  console.error(error.message);
  process.exit(1);
}
