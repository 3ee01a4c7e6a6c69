// The SMS gateway by HTTP: what it is sent, and what its answers mean.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problemOfBody, SmsGateway } from '../../src/otp/sms-gateway.js';

const message = { phone: '0912000123', code: '012345', text: 'mã "012345"\n}', key: 'k1' };
const never = new AbortController().signal;

describe('the SMS gateway', () => {
  let server: Server;
  let status = 200;
  let seen: { headers: IncomingMessage['headers']; body: string } | undefined;

  beforeAll(async () => {
    server = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk) => {
        body += chunk;
      });
      req.on('end', () => {
        seen = { headers: req.headers, body };
        res.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {}).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`;
  const gateway = (body = '{"to":"{phone}","text":"{text}"}') => new SmsGateway({ url: url(), token: 'secret', body });

  it('gets JSON with its token and a key, whatever stands in the text', async () => {
    status = 202;
    expect(await gateway().send(message, never)).toEqual({ result: 'sent' });
    expect(JSON.parse(seen?.body ?? '')).toEqual({ to: message.phone, text: message.text });
    expect(seen?.headers).toMatchObject({ authorization: 'Bearer secret', 'idempotency-key': 'k1' });
  });

  it('gets the body it wants', async () => {
    status = 200;
    const body = '{"messages":[{"msisdn":"{phone84}","params":{"otp":"{code}"}}],"brand":"UBND {x}","unicode":false}';
    await gateway(body).send(message, never);
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      messages: [{ msisdn: '84912000123', params: { otp: '012345' } }],
      brand: 'UBND {x}',
      unicode: false,
    });
  });

  it.each([400, 401, 429, 500])('has not taken it with %i', async (answer) => {
    status = answer;
    expect(await gateway().send(message, never)).toEqual({ result: 'failed', reason: `http-${answer}` });
  });

  it('is not followed elsewhere, and its absence is told', async () => {
    status = 302;
    expect(await gateway().send(message, never)).toEqual({ result: 'failed', reason: 'network' });
    const gone = new SmsGateway({ url: 'http://127.0.0.1:1/', body: '{"to":"{phone}","text":"{text}"}' });
    expect(await gone.send(message, never)).toEqual({ result: 'failed', reason: 'network' });
  });

  it('is given up when the turn ends', async () => {
    expect(await gateway().send(message, AbortSignal.abort())).toEqual({ result: 'failed', reason: 'timeout' });
  });
});

it.each([
  ['{"to":"{phone}","text":"{text}"}', undefined],
  ['{"to":"{phone84}","otp":"{code}"}', undefined],
  ['to={phone}', 'must be JSON'],
  ['{"text":"{text}"}', 'must name the number'],
  ['{"to":"{phone}"}', 'must name the message'],
])('reads the body template %s', (body, problem) => {
  if (problem === undefined) expect(problemOfBody(body)).toBeUndefined();
  else expect(problemOfBody(body)).toContain(problem);
});
