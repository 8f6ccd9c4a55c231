// Hostile texts in subject, body, name and articles: the note is opened in the sandbox helpdesk, in the console, and as bare HTML without
// any policy, as the most trusting helpdesk would show it.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ask, launch, openPage, signIn, startDemo, triage, until } from './harness.mjs';

const file = process.env.HOSTILE_TEXTS ?? new URL('../hostile-texts.json', import.meta.url);
const concern = 'How long do I have to return shoes that do not fit? I want to send them back.';

let demo, browser, articles, texts;

/** A JSON list of strings, or JSON Lines with the string in the first property that is one. */
function read(content) {
  const all = content.trimStart().startsWith('[')
    ? JSON.parse(content)
    : content.trim().split('\n').map(line => JSON.parse(line)).map(line => line.text ?? line.payload ?? Object.values(line).find(value => typeof value === 'string'));
  return all.filter(text => typeof text === 'string' && text.trim());
}

before(async () => {
  texts = read(await readFile(file, 'utf8'));
  articles = await mkdtemp(join(tmpdir(), 'tickettriage-articles-'));
  for (const [place, text] of texts.slice(0, 60).entries()) {
    const cell = value => `"${value.replaceAll('"', '""')}"`;
    await writeFile(
      join(articles, `${place}.csv`),
      `question,answer\n${cell(`How long do I have to return shoes? ${text}`)},${cell(`You have 30 days to return shoes that do not fit. ${text}`)}\n`);
  }
  demo = await startDemo({ 'Knowledge:Folders:hostile:Path': articles, 'Knowledge:Folders:hostile:Language': 'en', 'Knowledge:LeastSupport': '0.005', 'Knowledge:LeastCover': '0' });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  if (articles) await rm(articles, { recursive: true, force: true });
});

const harm = pages => ({ scripts: pages.flatMap(page => page.seen.scripts), requests: pages.flatMap(page => page.seen.requests) });

test('No stranger runs or loads anything in an agent\'s browser', { timeout: 900_000 }, async () => {
  const service = await openPage(browser, demo);
  await signIn(service.page, demo);
  await service.page.goto(`${demo.service}/jobs`);
  await service.page.click('button[formaction="/jobs/sync-knowledge/run"]');
  await until('The reading of the articles', async () => {
    await service.page.goto(`${demo.service}/jobs`);
    return /[1-9]\d* articles new or changed/.test(await service.page.textContent('body'));
  });
  const inbox = await openPage(browser, demo);
  const bare = await openPage(browser, demo);
  let notes = 0, quoting = 0;
  const numbers = [];
  for (let from = 0; from < texts.length; from += 8) {
    const some = await Promise.all(texts.slice(from, from + 8).map(text => triage(demo, {
      name: text.slice(0, 80), subject: `${text} shoes`.slice(0, 500), text: `${concern}\n\n${text}`,
    })));
    for (const { number, html } of some) {
      numbers.push(number);
      notes += 1;
      quoting += html.includes('30 days') ? 1 : 0;

      await inbox.page.goto(`${demo.sandbox}/#${number}`);
      await inbox.page.waitForSelector('.message.note .markup');
      for (const part of await inbox.page.locator('.message.note details').all()) await part.locator('summary').click();
      await inbox.page.locator('.message.note').first().hover();

      await bare.page.setContent(`<!doctype html><title>note</title><div id="note">${html}</div>`);
      await bare.page.mouse.move(200, 200);
      await bare.page.keyboard.press('Tab');

      await service.page.goto(`${demo.service}/tickets/sandbox/${number}`);
    }
  }

  await service.page.goto(`${demo.service}/`);
  await inbox.page.goto(`${demo.sandbox}/`);
  const { scripts, requests } = harm([service, inbox, bare]);
  console.log(`${notes} notes opened (${quoting} quote an article), ${scripts.length} scripts run, ${requests.length} outside requests`);
  assert.equal(notes, texts.length);
  assert.ok(quoting > 0, 'some notes quote an article, whose texts are hostile too');
  assert.deepEqual(scripts, []);
  assert.deepEqual(requests, []);
});

test('The check sees a script and a request where there is one', async () => {
  const bare = await openPage(browser, demo);
  await bare.page.setContent('<img src="https://outside.example/x.png" onerror="window.hit=1">');
  await until('The script', () => bare.seen.scripts.length > 0, 10);
  assert.deepEqual(bare.seen, { scripts: ['1'], requests: ['https://outside.example/x.png'] });
  await bare.close();
});

test('A note is read in a narrow column without moving sideways', async () => {
  const { number, html } = await triage(demo, {
    name: 'Kim Example', subject: 'Third time that I write!',
    text: `${concern} I have asked three times, let me talk to a real person. ${'unbreakable'.repeat(30)} https://shop.example/${'path/'.repeat(60)}`,
  });
  assert.ok(html.length > 1_500, 'a long note');
  const { page, close } = await openPage(browser, demo, { viewport: { width: 390, height: 844 } });
  await page.goto(`${demo.sandbox}/#${number}`);
  const markup = page.locator('.message.note .markup').last();
  await markup.waitFor();
  const [needed, given, column] = await markup.evaluate(note => [note.scrollWidth, note.clientWidth, document.documentElement.clientWidth]);
  assert.ok(needed <= given, `the note needs ${needed} px and has ${given}`);
  assert.ok(given <= column, `the note is ${given} px wide on a page of ${column}`);
  await close();
});

test('A word on a note counts at the button and not at the link', async () => {
  const { html } = await triage(demo, { name: 'Kim Example', subject: 'Where is my parcel?', text: 'It should have come on Monday. Order AB-1234567.' });
  const link = /href="([^"]+\/feedback\/[^"]+)"/.exec(html)?.[1];
  assert.ok(link, 'the note has the links');
  const { page, close } = await openPage(browser, demo);
  for (let visit = 0; visit < 3; visit += 1) {
    await page.goto(link);
    assert.match(await page.textContent('h1'), /^Was the note useful\?$/);
  }
  await page.click('main form button');
  assert.match(await page.textContent('h1'), /Thank you/);
  await page.goto(link);
  assert.match(await page.textContent('h1'), /counted already/);
  await close();
});

test('Pictures for the README', { skip: !process.env.SCREENSHOTS }, async () => {
  const { number } = await triage(demo, {
    name: 'Kim Example', subject: 'Third time that I write!',
    text: 'My order AB-1234567 came with torn shoes, I have asked three times, and nobody answers. Let me talk to a real person.',
  });
  const { page, close } = await openPage(browser, demo, { deviceScaleFactor: 1.5 });
  await page.goto(`${demo.sandbox}/#${number}`);
  const note = page.locator('.message.note').last();
  await note.waitFor();
  await note.screenshot({ path: join(process.env.SCREENSHOTS, 'note.png') });
  await close();
});
