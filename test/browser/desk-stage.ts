// The desk of two agencies on the stage of whole conversations: the built bot, the simulated platforms, staff with passwords of
// their own, and their browsers. One agency has the OA, the other the Page.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { demoAccounts } from '../../simulators/accounts.js';
import type { GivenPassword, Me } from '../../src/desk/api.js';
import type { Grant } from '../../src/records/staff.js';
import type { Settings } from '../e2e/bot-process.js';
import { Stage } from '../e2e/stage.js';
import { temporaryFolder } from '../storage/temporary.js';

export const CHROMIUM = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
};

/** It has the OA. */
export const WARD = 'phuong-an-binh';
export const WARD_NAME = 'UBND phường An Bình';
/** It has the Page. */
export const LAND = 'dat-dai';
export const LAND_NAME = 'Chi nhánh Văn phòng đất đai';

const ADMIN = { username: 'quan-tri', password: 'mat-khau-dau-tien' };
const WORDS = 'bau-troi-mua-thu-hanoi';

/** Open day and night, whenever the test runs. */
const agency = (id: string, name: string, account: string) => `
- id: ${id}
  name: ${name}
  teams: [{ id: tiep-nhan, name: Tiếp nhận }]
  accounts: ["${account}"]
  hours: { mon: ["00:00-24:00"], tue: ["00:00-24:00"], wed: ["00:00-24:00"], thu: ["00:00-24:00"], fri: ["00:00-24:00"], sat: ["00:00-24:00"], sun: ["00:00-24:00"] }
  targets:
    urgent: { firstAnswer: 5, nextAnswer: 10, resolution: 120 }
    high: { firstAnswer: 10, nextAnswer: 20, resolution: 240 }
    normal: { firstAnswer: 20, nextAnswer: 30, resolution: 480 }
    low: { firstAnswer: 60, nextAnswer: 120, resolution: 1440 }
  handBackAfterMinutes: 30
  reopenWithinMinutes: 1440
`;

/** Somebody of staff, with the API in their hands. */
export class Officer {
  private cookie = '';
  private csrf = '';

  constructor(
    /** Of the process that serves the desk. */
    readonly url: string,
    readonly username: string,
    readonly password: string,
  ) {}

  id = '';

  async signIn(): Promise<Me> {
    const me = await this.json<Me>('POST', '/sign-in', { username: this.username, password: this.password });
    this.csrf = me.csrf;
    this.id = me.id;
    return me;
  }

  async call(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const response = await fetch(`${this.url}/api/desk${path}`, {
      method,
      headers: {
        ...(this.cookie === '' ? {} : { cookie: this.cookie, 'x-csrf-token': this.csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
    return response;
  }

  async json<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.call(method, path, body);
    if (response.status !== 200) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Their own browser, signed in as people do it. */
  async open(browser: Browser, path = '/', trouble: string[] = []): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => trouble.push(`${this.username}: ${error.message}`));
    await page.goto(`${this.url}/desk${path}`);
    await page.locator('input[name=username]').fill(this.username);
    await page.locator('input[name=password]').fill(this.password);
    await page.locator('form button[type=submit]').click();
    // The sign-in has a main part too.
    await page.locator('#page').waitFor();
    return page;
  }
}

export interface DeskStage {
  stage: Stage;
  admin: Officer;
  /** Somebody new, with a password that is theirs. */
  hire(username: string, name: string, ...grants: Grant[]): Promise<Officer>;
}

export async function deskStage(settings: Settings = {}): Promise<DeskStage> {
  const file = join(temporaryFolder(), 'agencies.yaml');
  const { zalo, messenger } = demoAccounts;
  writeFileSync(
    file,
    agency(WARD, WARD_NAME, `zalo:${zalo.oaId}`) + agency(LAND, LAND_NAME, `messenger:${messenger.pageId}`),
  );
  const stage = await Stage.open(
    {},
    { AGENCIES_FILE: file, DESK_ADMIN_USERNAME: ADMIN.username, DESK_ADMIN_PASSWORD: ADMIN.password, ...settings },
  );
  const url = `http://127.0.0.1:${stage.port}`;
  const admin = await ownPassword(url, ADMIN.username, ADMIN.password);
  return {
    stage,
    admin,
    async hire(username, name, ...grants) {
      const { password } = await admin.json<GivenPassword>('POST', '/staff', { username, name, grants });
      return ownPassword(url, username, password);
    },
  };
}

/** Signs in with what was given, and changes it, as the desk demands. */
async function ownPassword(url: string, username: string, given: string): Promise<Officer> {
  const first = new Officer(url, username, given);
  await first.signIn();
  await first.json('POST', '/password', { current: given, next: WORDS });
  const own = new Officer(url, username, WORDS);
  await own.signIn();
  return own;
}
