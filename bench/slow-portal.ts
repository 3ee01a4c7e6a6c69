// A portal that takes its time: every dossier exists and is told after a delay. It knows no procedures.
import { createServer, type Server } from 'node:http';
import { listenLocally } from './child.js';

const DOSSIER = /^\/dossiers\/([^/?]+)$/;

export class SlowPortal {
  private readonly server: Server;
  private address = '';
  /** Dossiers told. */
  told = 0;

  constructor(delayMs: number) {
    this.server = createServer((request, response) => {
      const answer = (body: object) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(body));
      };
      const code = DOSSIER.exec(request.url ?? '')?.[1];
      if (code === undefined) {
        answer({ items: [], removed: [] });
        return;
      }
      setTimeout(() => {
        this.told += 1;
        answer(dossier(decodeURIComponent(code)));
      }, delayMs);
    });
    // A connection that is closed while a bot writes on it would look like a failure of the portal.
    this.server.keepAliveTimeout = 60_000;
  }

  get url(): string {
    return this.address;
  }

  async start(): Promise<void> {
    this.address = `http://127.0.0.1:${await listenLocally(this.server)}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Codes of the national shape, each another one. */
export function dossierCodes(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `H01.12-260102-${String(from + index).padStart(6, '0')}`);
}

function dossier(code: string): object {
  return {
    code,
    procedureCode: '9.000001',
    procedureName: 'Thủ tục thử nghiệm',
    status: 4,
    statusLabel: 'Đang xử lý',
    agency: 'Ủy ban nhân dân xã',
    submittedAt: '2026-01-02T02:00:00Z',
  };
}
