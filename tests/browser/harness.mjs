// Starts the demo and opens its pages as people do. Whatever a page runs or asks for beyond them is counted.

import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const program = fileURLToPath(new URL('../../artifacts/bin/TicketTriage.Host/release/TicketTriage.Host.dll', import.meta.url));

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
];

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** Asks until the answer is neither null nor undefined nor false. */
export async function until(what, ask, seconds = 90) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await pause(200);
  }
  throw new Error(`${what} did not happen within ${seconds} seconds.`);
}

/**
 * The service beside its sandbox helpdesk, with a database and a data directory of its own.
 * @param settings Keys of the configuration, such as { 'Knowledge:Folders:faq:Path': '/tmp/faq' }.
 */
export async function startDemo(settings = {}) {
  const data = await mkdtemp(join(tmpdir(), 'tickettriage-browser-'));
  // Started by root, PostgreSQL runs as another user and has to enter.
  await chmod(data, 0o755);
  const [service, sandbox] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
  const wanted = { Urls: service, DataDirectory: data, ...settings };
  const environment = Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key.replaceAll(':', '__'), value]));
  const child = spawn('dotnet', [program, 'demo', '--sandbox-url', sandbox], { env: { ...process.env, ...environment } });
  let said = '';
  child.stdout.on('data', text => { said += text; });
  child.stderr.on('data', text => { said += text; });
  const ended = new Promise(resolve => child.once('exit', resolve));
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGINT');
    await ended;
    await rm(data, { recursive: true, force: true });
  };

  try {
    const signIn = await until('The start of the demo', () => {
      if (child.exitCode !== null) throw new Error(`The demo ended by itself:\n${said}`);
      return /http:\S+\/sign-in\/\S+/.exec(said)?.[0];
    }, 180);
    return { service, sandbox, signIn, stop, data, said: () => said };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${said}`, { cause: error });
  }
}

/** Asks the demo's own database, by the psql that came with its server. The answer's columns are parted by "|". */
export async function sql(demo, ...what) {
  const home = join(demo.data, 'postgres');
  const [password, port] = await Promise.all(['password', 'port'].map(async file => (await readFile(join(home, file), 'utf8')).trim()));
  const { stdout } = await promisify(execFile)(
    'psql', ['-h', '127.0.0.1', '-p', port, '-U', 'tickettriage', '-d', 'tickettriage', '-XqtA', '-v', 'ON_ERROR_STOP=1', ...what],
    { env: { ...process.env, PGPASSWORD: password } });
  return stdout.trim();
}

/** What the sandbox helpdesk answers, parsed. */
export async function ask(demo, path, body) {
  const request = body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${demo.sandbox}${path}`, request);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/** Writes a ticket as a customer and waits for its private note; the first waits until the classifier is trained. */
export async function triage(demo, ticket) {
  const { row } = await ask(demo, '/sandbox/tickets', ticket);
  return await until(`The note of ticket ${row.number}`, async () => {
    const { messages } = await ask(demo, `/sandbox/tickets/${row.number}`);
    const note = messages.find(message => !message.isPublic);
    return note && { number: row.number, html: note.html };
  }, 300);
}

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });

/**
 * A page that counts what must not happen: texts that ran as scripts (they set window.hit or open a dialog), and requests to anybody but
 * the demo. Such requests get no answer.
 */
export async function openPage(browser, demo, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light', ...options });
  const page = await context.newPage();
  const seen = { scripts: [], requests: [] };
  const own = [demo.service, demo.sandbox];
  await page.exposeFunction('reportHit', value => { seen.scripts.push(String(value)); });
  await page.addInitScript(() => {
    Object.defineProperty(window, 'hit', { set: value => window.top.reportHit(value), configurable: false });
  });
  page.on('dialog', dialog => {
    seen.scripts.push(dialog.message());
    dialog.dismiss();
  });
  page.on('popup', popup => {
    seen.requests.push(`popup ${popup.url()}`);
    popup.close();
  });
  await context.route('**/*', (route, request) => {
    const url = request.url();
    if (own.some(address => url.startsWith(`${address}/`)) || url === 'about:blank') return route.continue();
    seen.requests.push(url);
    return route.abort();
  });
  // The first blank page was there before the traps.
  await page.goto('about:blank');
  return { page, seen, close: () => context.close() };
}

/** Signs a page in by the demo's link. The link is good for one use: sign in once and open further pages in the same context. */
export const signIn = (page, demo) => page.goto(demo.signIn);
