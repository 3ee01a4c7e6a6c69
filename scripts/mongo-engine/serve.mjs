// The packaged engine as a server: opens a data folder and bridges TCP to the engine's Unix socket. Runs as a process of its
// own, so that it can be killed like one. `node serve.mjs PACKAGE_FOLDER DATA_FOLDER PORT`; prints its port once it answers.
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';

const [, , packageFolder, dataFolder, port] = process.argv;
const { open } = createRequire(import.meta.url)(packageFolder);
const engine = await open(dataFolder);

const bridge = createServer((outside) => {
  const inside = connect(engine.socketPath);
  outside.pipe(inside).pipe(outside);
  outside.on('error', () => inside.destroy());
  inside.on('error', () => outside.destroy());
  outside.on('close', () => inside.destroy());
  inside.on('close', () => outside.destroy());
});
bridge.listen(Number(port), '127.0.0.1', () => console.log(bridge.address().port));

async function end() {
  bridge.close();
  await engine.close();
  process.exit(0);
}

process.once('SIGTERM', end);
// The one who started us is gone: nobody else would end us, or clear the data away.
const orphaned = () => {
  process.once('exit', () => rmSync(dirname(dataFolder), { recursive: true, force: true }));
  return end();
};
process.stdin.resume().once('end', orphaned).once('error', orphaned);
