// The ten ways that people go through the console, each with its effect looked up in the database or on the page that comes after; then
// every page in both colours and two widths before axe-core. On a database with five thousand tickets.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, openPage, signIn, sql, startDemo, triage, until } from './harness.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tickets = 5000;

let demo, browser, desk, trial;

const open = path => desk.page.goto(`${demo.service}${path}`);

const text = () => desk.page.textContent('main');

before(async () => {
  // Nobody pays, and the page of the day shows what it would cost.
  demo = await startDemo({ 'Model:InputPrice': '0.4', 'Model:OutputPrice': '1.6' });
  await sql(demo, '-f', fileURLToPath(new URL('seed.sql', import.meta.url)));
  browser = await launch();
  desk = await openPage(browser, demo);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Begins a trial of the draft that the page shows, and comes back with its figures before the eyes. */
async function tryDraft() {
  await desk.page.selectOption('#days', '30');
  await desk.page.click('button[formaction^="/tries/of/"]');
  await desk.page.waitForSelector('[data-live="trial"] .tiles', { timeout: 120_000 });
  trial = new URL(desk.page.url()).pathname;
}

/** Publishes what was tried; where much would move, the page wants to know that it is meant. */
async function publish(note) {
  await desk.page.fill('#note', note);
  const sure = desk.page.locator('input[name="sure"]');
  if (await sure.count() > 0) await sure.check();
  await desk.page.click('form[action$="/publish"] button');
  await desk.page.waitForURL('**/history?published=*');
}

async function addRule(name, intent, group) {
  await open('/rules');
  await desk.page.click('a[href="/rules/rule"]');
  await desk.page.fill('#name', name);
  await desk.page.selectOption('select[name="field"] >> nth=0', 'intent');
  await desk.page.fill('input[name="values"] >> nth=0', intent);
  await desk.page.fill('#group', group);
  await desk.page.click('main form button');
  await desk.page.waitForURL('**/rules');
}

const rulesInForce = () => sql(demo, '-c', "select body #>> '{rules,0,name}' from policy_publications join policies using (kind, version) where kind = 'routing' order by id desc limit 1");

test('The link signs in once', async () => {
  await signIn(desk.page, demo);
  assert.equal(await desk.page.textContent('h1'), 'Today');

  const other = await openPage(browser, demo);
  const answer = await signIn(other.page, demo);
  assert.equal(answer.status(), 401);
  assert.equal(await sql(demo, '-c', "select count(*) from audit_entries where action = 'person.signed-in'"), '1');
  await other.close();
});

test('A decision is corrected', async () => {
  await open('/tickets/sandbox/4999');
  await desk.page.selectOption('#correct-intent', 'billing/payment-problem');
  await desk.page.click('form[action$="/correct"] button');

  assert.match(await text(), /One correction was stored/);
  assert.equal(
    await sql(demo, '-c', "select field, said, how from judgements where number = '4999' order by at desc limit 1"),
    'intent|billing/payment-problem|correction');
});

test('A rule is added, dragged to the top and tried', async () => {
  await addRule('late parcels first', 'orders/late', 'Reservations');
  const rows = desk.page.locator('tr[data-place]');
  await Promise.all([desk.page.waitForEvent('load'), rows.last().dragTo(rows.first())]);
  assert.match(await rows.first().textContent(), /late parcels first/);

  await tryDraft();

  const decided = Number(await sql(demo, '-c', 'select count(distinct number) from triages'));
  const late = Number(await sql(demo, '-c', "select count(*) from decision_lines where is_last and intent = 'orders/late' and confidence >= 0.7"));
  const figures = (await desk.page.locator('.tile b').allTextContents()).map(figure => Number(figure.replaceAll(/[^0-9]/g, '')));
  assert.ok(figures[0] >= tickets && figures[0] <= decided, `${figures[0]} of ${decided} tickets were decided again`);
  assert.ok(figures[1] > 0 && late > 0, `${figures[1]} would change, ${late} are surely late`);
  assert.match(await text(), /Reservations/);
  assert.equal(await sql(demo, '-c', 'select count(*) from policy_publications'), '0');
});

test('It is taken live and back', async () => {
  await publish('Late parcels have a desk of their own');
  assert.equal(await rulesInForce(), 'late parcels first');
  const first = await sql(demo, '-c', "select max(id) from policy_publications where kind = 'routing'");

  await open('/rules');
  await desk.page.click('tr[data-place="0"] button[formaction="/rules/delete"]');
  await tryDraft();
  await publish('They have not, after all');
  assert.notEqual(await rulesInForce(), 'late parcels first');

  await open(`/rules/history/${first}`);
  await desk.page.click('form[action$="/return"] button');
  await desk.page.waitForURL('**/rules');
  await tryDraft();
  await publish('Back to the desk of their own');
  assert.equal(await rulesInForce(), 'late parcels first');
  await open('/rules');
  assert.match(await text(), /late parcels first/);
});

test('Rules are put in order by keyboard, step after step', async () => {
  const names = async () => (await desk.page.locator('tr[data-place] th a').allTextContents()).map(name => name.trim());
  await open('/rules');
  const [first, second, third] = await names();
  await desk.page.focus('tr[data-place="0"] th a');
  for (const [key, row] of [['ArrowDown', 2], ['ArrowDown', 3], ['ArrowUp', 2]]) {
    await Promise.all([desk.page.waitForURL(`**/rules#rule-${row}`), desk.page.keyboard.press(`Alt+${key}`)]);
    await desk.page.waitForFunction(id => document.activeElement?.closest('tr')?.id === id, `rule-${row}`);
  }

  assert.deepEqual((await names()).slice(0, 3), [second, first, third]);
  await Promise.all([desk.page.waitForURL('**/rules#rule-1'), desk.page.keyboard.press('Alt+ArrowUp')]);
  assert.deepEqual((await names()).slice(0, 3), [first, second, third]);
});

test('A choice that is not sent yet stays while the page goes on around it', async () => {
  await open('/tickets/sandbox/4998');
  await desk.page.selectOption('#correct-intent', 'billing/payment-problem');
  await desk.page.click('h1');
  await sql(demo, '-c', "update tickets set outcome = 'parked', reason = 'Parked by the test.', changed_at = now() where number = '4998'");
  await desk.page.waitForSelector('[data-live="state"]:has-text("Parked by the test.")');
  assert.equal(await desk.page.inputValue('#correct-intent'), 'billing/payment-problem');

  await desk.page.selectOption('#correct-intent', '');
  await sql(demo, '-c', "update tickets set outcome = 'written', reason = null, changed_at = now() where number = '4998'");
  await desk.page.waitForSelector('[data-live="state"]:not(:has-text("Parked by the test."))');
});

test('A roster is imported', async () => {
  await open('/skills');
  await desk.page.fill('#text', 'id,name,skills,capacity\n201,Nora Lind,orders:4 billing:2,7\n202,"<b>Ole</b>",technical:5,3\n');
  await desk.page.click('form[action="/skills/roster"] button');
  assert.match(await text(), /Nothing counts yet/);
  await desk.page.click('button[formaction="/skills/roster"]');

  assert.match(await text(), /2 agents are on the roster now/);
  assert.match(await text(), /<b>Ole<\/b>/, 'a name is text');
  assert.equal(
    await sql(demo, '-c', "select string_agg(name || ' ' || most_units, ', ' order by id) from agents where roster is not null"),
    'Nora Lind 7, <b>Ole</b> 3');
});

test('An escalation is acknowledged', async () => {
  await open('/');
  const waiting = await sql(demo, '-c', "select count(*) from escalations where state = 'open'");
  const row = desk.page.locator('tr', { has: desk.page.locator('a[href="/tickets/sandbox/4951"]') });
  await row.getByRole('button').click();
  await until('The taking', async () => await sql(demo, '-c', "select count(*) from escalations where state = 'open'") < waiting, 20);

  await open('/tickets/sandbox/4951');
  assert.match(await text(), /taken by/);
  assert.equal(await sql(demo, '-c', "select state from escalations where number = '4951'"), 'acknowledged');
});

test('A parked delivery is replayed', { timeout: 400_000 }, async () => {
  const { number } = await triage(demo, { name: 'Kim Example', subject: 'The app crashes', text: 'It crashes whenever I open the settings.' });
  await sql(demo, '-c', `update tickets set outcome = 'parked', reason = 'Parked by the test.' where number = '${number}'`);
  await open('/jobs');
  await desk.page.click(`button[formaction="/jobs/parked/sandbox/${number}/replay"]`);

  assert.match(await text(), /One ticket is replayed/);
  await until('The replay', async () => ['written', 'skipped'].includes(await sql(demo, '-c', `select state from tickets where number = '${number}'`)));
});

test('Rolling a secret is led through, step by step', async () => {
  await open('/connections');
  await desk.page.click('#sandbox summary');

  const steps = (await desk.page.locator('#sandbox h3:has-text("Change the secret") + ol li').allTextContents()).map(step => step.trim());
  assert.match(steps[0], /Helpdesks:sandbox:PreviousWebhookSecret/);
  assert.match(steps[1], /reset its signing secret/);
  assert.match(steps[2], /connect sandbox --address/);
  assert.match(steps.at(-1), /empty Helpdesks:sandbox:PreviousWebhookSecret/);
  // Zendesk makes its secrets itself: a button that makes one would lead nowhere.
  assert.equal(await desk.page.locator('form[action="/connections/sandbox/secret"]').count(), 0);
});

test('The language is switched', async () => {
  await open('/quality');
  await desk.page.click('button[name="language"][value="de"]');
  assert.equal(await desk.page.textContent('h1'), 'Qualität');
  await open('/');
  assert.equal(await desk.page.getAttribute('html', 'lang'), 'de');
  await desk.page.click('button[name="language"][value="en"]');
  assert.equal(await desk.page.textContent('h1'), 'Today');
});

test('Dark is switched on and stays', async () => {
  const lightness = () => desk.page.evaluate(() => {
    const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
    return (red + green + blue) / 3;
  });
  await open('/');
  assert.ok(await lightness() > 200);
  await desk.page.click('button[name="theme"][value="dark"]');
  await open('/tickets');
  assert.ok(await lightness() < 60);
  await desk.page.click('button[name="theme"]');
});

test('A correction and a taking need no script', async () => {
  const { cookies } = await desk.page.context().storageState();
  const bare = await browser.newContext({ javaScriptEnabled: false });
  await bare.addCookies(cookies);
  const page = await bare.newPage();
  await page.goto(`${demo.service}/tickets/sandbox/4893`);
  const wished = await page.locator('#correct-priority option').evaluateAll((options) => options.map((option) => option.value).find(Boolean));
  await page.selectOption('#correct-priority', wished);
  await page.click('form[action$="/correct"] button');
  await page.click('form[action$="/acknowledge"] button');

  assert.match(await page.textContent('main'), /taken by/);
  assert.equal(await sql(demo, '-c', "select said from judgements where number = '4893' and field = 'priority'"), wished);
  assert.equal(await sql(demo, '-c', "select state from escalations where number = '4893'"), 'acknowledged');
  await bare.close();
});

/** Pages that need somebody signed in; what the ways above have made is there to be seen. */
const pages = () => [
  '/', '/tickets', '/tickets?state=parked', '/tickets?q=nothing+of+the+kind', '/tickets/sandbox/4951', '/tickets/sandbox/0', '/escalations',
  '/rules', '/rules/rule', '/rules/rule?place=0', '/rules/text', '/rules/history', '/rules/history/1', trial,
  '/matrix', '/matrix/text', '/matrix/part/rows?at=0', '/matrix/part/rosters', '/taxonomy', '/taxonomy/text', '/taxonomy/part/intents?at=0',
  '/style', '/style/part/languages?at=de', '/skills', '/skills/agent?helpdesk=sandbox&id=201', '/knowledge', '/quality', '/quality/sample', '/reports', '/reports?by=week&days=90', '/connections', '/jobs', '/audit', '/access', '/erasure',
  '/tickets?needs=a%20person', '/matrix/history', '/matrix/part/people', '/taxonomy/history', '/taxonomy/part/products', '/style/history', '/style/text',
  '/style/part/promises', '/style/part/snippets', '/style/part/glossary', '/style/part/settings', '/matrix/part/at-once', '/matrix/part/settings',
  '/knowledge/gaps', '/jobs/escalate',
];

for (const [theme, width, language] of [['light', 1280, 'en'], ['dark', 1280, 'en'], ['light', 390, 'en'], ['dark', 390, 'de']]) {
  test(`No page hinders anybody: ${theme}, ${width} px, ${language}`, { timeout: 600_000 }, async () => {
    const { cookies } = await desk.page.context().storageState();
    const wide = await openPage(browser, demo, { viewport: { width, height: 900 }, colorScheme: theme, locale: language });
    await wide.page.goto(`${demo.service}/sign-in`);
    const found = [];
    const errors = [];
    const paints = [];
    wide.page.on('pageerror', error => errors.push(error.message));
    wide.page.on('console', message => message.type() === 'error' && !/status of 404/.test(message.text()) && errors.push(message.text()));
    const look = async path => {
      for (const violation of await violations(wide.page)) found.push(`${path}: ${violation}`);
      const { scrollWidth, paint } = await wide.page.evaluate(() => ({
        scrollWidth: document.documentElement.scrollWidth,
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      }));
      paints.push({ path, paint: Math.round(paint) });
      if (scrollWidth > width) found.push(`${path}: ${scrollWidth} px wide`);
    };
    await look('/sign-in');
    await wide.page.context().addCookies(cookies.filter(cookie => !/Theme|Language/.test(cookie.name)));
    for (const path of pages()) {
      await wide.page.goto(`${demo.service}${path}`);
      assert.equal(await wide.page.getAttribute('html', 'lang'), language, path);
      await look(path);
    }

    paints.sort((one, other) => other.paint - one.paint);
    console.log(`${theme}, ${width} px, ${language}: ${paints.length} pages, ${found.length} found; slowest first paint ${paints[0].paint} ms (${paints[0].path})`);
    assert.deepEqual(found, []);
    assert.deepEqual(errors, []);
    assert.deepEqual(wide.seen, { scripts: [], requests: [] });
    await wide.close();
  });
}

/** What is serious or critical, a line each. The script comes past the page's own policy, which stays in force. */
async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return result.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(node => `${id} ${node.target.join(' ')}`));
}

test('axe-core sees what hinders where something does', async () => {
  const { page, close } = await openPage(browser, demo);
  await page.setContent('<!doctype html><html lang="en"><title>t</title><main><h1>t</h1><input><img src="data:,"></main></html>');
  const found = await violations(page);
  assert.ok(found.some(one => one.startsWith('label')) && found.some(one => one.startsWith('image-alt')), found.join());
  await close();
});

test('Pictures for the README', { skip: !process.env.SCREENSHOTS }, async () => {
  const picture = async (name, path, options = {}) => {
    await open(path);
    await desk.page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), ...options });
  };
  await desk.page.setViewportSize({ width: 1280, height: 860 });
  await picture('today', '/');
  await picture('trial', trial);
});
