// A desk as a browser opens it: signs in, asks, and listens to what is pushed. Bare HTTP, so that the figures are the bot's.
import { Agent, type IncomingMessage, request } from 'node:http';

export interface Answer {
  status: number;
  body: string;
}

export class DeskClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 300 });
  private cookie = '';
  private csrf = '';

  constructor(private readonly port: number) {}

  /** The first administrator, whose password must be changed before anything else. Throws when a step is refused. */
  async signIn(username: string, password: string, next: string): Promise<void> {
    const first = await this.must('POST', '/sign-in', { username, password });
    this.csrf = (JSON.parse(first.body) as { csrf: string }).csrf;
    await this.must('POST', '/password', { current: password, next });
    this.csrf = (JSON.parse((await this.must('GET', '/me')).body) as { csrf: string }).csrf;
  }

  /** With the ms it took; asked by POST where there is a body. Throws unless it is answered 200. */
  async get(path: string, body?: object): Promise<Answer & { ms: number }> {
    const began = performance.now();
    const answer = await this.must(body === undefined ? 'GET' : 'POST', path, body);
    return { ...answer, ms: performance.now() - began };
  }

  must = async (method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await this.call(method, path, body);
    if (answer.status !== 200)
      throw new Error(`the desk answered ${method} ${path.split('?')[0]} with ${answer.status}`);
    return answer;
  };

  /** `onEvent` gets the name of each event. Resolves when the stream is open; returns how to close it. */
  listen(onEvent: (name: string) => void): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const call = this.open('GET', '/live', undefined, (response) => {
        if (response.statusCode !== 200) reject(new Error(`the live feed answered ${response.statusCode}`));
        let rest = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) if (line.startsWith('event: ')) onEvent(line.slice('event: '.length).trim());
        });
        response.on('error', () => {});
        resolve(() => call.destroy());
      });
      call.on('error', reject);
      call.end();
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private call(method: string, path: string, body?: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = this.open(method, path, body, (response) => {
        const set = response.headers['set-cookie']?.[0]?.split(';')[0];
        if (set !== undefined) this.cookie = set;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
        response.on('error', reject);
      });
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private open(
    method: string,
    path: string,
    body: object | undefined,
    onResponse: (response: IncomingMessage) => void,
  ) {
    const headers = {
      Accept: path === '/live' ? 'text/event-stream' : 'application/json',
      Origin: `http://127.0.0.1:${this.port}`,
      'Sec-Fetch-Site': 'same-origin',
      ...(this.cookie === '' ? {} : { Cookie: this.cookie }),
      ...(method === 'GET' ? {} : { 'x-csrf-token': this.csrf }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    const agent = path === '/live' ? false : this.agent;
    return request(
      { agent, port: this.port, host: '127.0.0.1', method, path: `/api/desk${path}`, headers },
      onResponse,
    );
  }
}
