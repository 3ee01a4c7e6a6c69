// A process that stands for Zalo's send endpoint under load: answers like POST /v3.0/oa/message/cs and checks nothing, so that
// it takes little from the two cores. The full simulator is for the paced run.
import { createServer, type Socket } from 'node:net';
import { listenLocally, serveParent } from './child.js';
import { Tap } from './tap.js';
import { userNumber } from './webhook-bodies.js';
import { WireReader } from './wire.js';

const RECIPIENT = Buffer.from('"user_id":"');
const tap = new Tap();
let messages = 0;

function answer(socket: Socket, body: Buffer): void {
  const start = body.indexOf(RECIPIENT) + RECIPIENT.length;
  const id = body.toString('latin1', start, body.indexOf(0x22, start));
  messages += 1;
  tap.note(userNumber(id));
  const text = `{"error":0,"message":"Success","data":{"message_id":"sink-${messages}","user_id":"${id}"}}`;
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${text.length}`;
  socket.write(`${head}\r\n\r\n${text}`);
}

const platform = createServer((socket) => {
  socket.setNoDelay(true);
  const reader = new WireReader(({ body }) => answer(socket, body));
  socket.on('data', (bytes) => reader.push(bytes));
  socket.on('error', () => socket.destroy());
});

serveParent(
  { port: await listenLocally(platform), tapPort: await listenLocally(tap.server) },
  { messages: async () => messages },
);
