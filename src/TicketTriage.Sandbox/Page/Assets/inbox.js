// The sandbox's inbox. What others wrote reaches the page as text nodes, or, for notes, element by element through copyAllowed.

const find = id => document.getElementById(id);
const desk = find('desk'), rowList = find('rows'), ticketPane = find('ticket'), search = find('search'), writer = find('writer');
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

let rows = [];
let shownRows = new Map();
let shownTicket = null;
let answer = '';

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

async function call(path, body) {
  const request = body === undefined
    ? {}
    : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, request);
  const text = await response.text();
  const content = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Error(content?.error ?? `The sandbox answered ${response.status}.`);
  return content;
}

// Notes

const allowed = new Set([
  'b', 'strong', 'i', 'em', 'p', 'br', 'ul', 'ol', 'li', 'h3', 'h4', 'blockquote', 'a', 'table', 'thead', 'tbody', 'tr', 'td', 'th',
  'details', 'summary', 'code', 'hr',
]);
const dropped = new Set([
  'script', 'style', 'template', 'iframe', 'object', 'embed', 'noscript', 'svg', 'math', 'title', 'textarea', 'select',
]);
const html = globalThis.trustedTypes?.createPolicy('notes', { createHTML: markup => markup }) ?? { createHTML: markup => markup };

/** Parses into a document that runs and loads nothing, then copies what is on the list; of other elements only their text stays. */
function renderNote(markup) {
  const parsed = new DOMParser().parseFromString(html.createHTML(markup), 'text/html');
  const note = make('div', 'markup');
  copyAllowed(parsed.body, note);
  return note;
}

function copyAllowed(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || dropped.has(node.localName)) continue;
    if (node.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !allowed.has(node.localName)) {
      copyAllowed(node, to);
      continue;
    }
    const copy = document.createElement(node.localName);
    if (node.localName === 'a' && /^https?:\/\//i.test(node.getAttribute('href') ?? '')) {
      copy.href = node.getAttribute('href');
      copy.rel = 'noopener noreferrer nofollow';
      copy.target = '_blank';
    }
    copyAllowed(node, copy);
    to.append(copy);
  }
}

// Small parts

function avatar(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [...words[0]][0] + [...words.at(-1)][0] : [...(words[0] ?? '?')][0];
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % 8;
  const circle = make('span', `avatar hue-${hue}`, letters.toUpperCase());
  circle.setAttribute('aria-hidden', 'true');
  return circle;
}

function moment(text) {
  const at = new Date(text);
  const seconds = (Date.now() - at) / 1000;
  const element = make('time', '', seconds < 60 ? 'just now'
    : seconds < 3600 ? `${Math.floor(seconds / 60)} min`
    : at.toDateString() === new Date().toDateString() ? clock.format(at) : calendar.format(at));
  element.dateTime = text;
  element.title = at.toLocaleString();
  return element;
}

const chip = (kind, text) => make('span', `chip ${kind}`, text);

function fieldChips(row) {
  return [
    chip(`status status-${row.status}`, row.status === 'hold' ? 'on hold' : row.status),
    row.priority ? chip(`priority priority-${row.priority}`, row.priority) : null,
    row.group ? chip('group', row.group) : null,
  ];
}

// The list

function drawRow(row, before) {
  const tags = row.tags.slice(0, 3).map(tag => chip('tag', tag));
  if (row.tags.length > tags.length) tags.push(chip('tag', `+${row.tags.length - tags.length}`));
  const link = make('a', 'row',
    avatar(row.requester),
    make('div', 'row-body',
      make('div', 'row-top', make('span', 'who', row.requester), make('span', '', `#${row.number}`), moment(row.createdAt)),
      make('div', 'subject', row.subject || '(no subject)'),
      make('div', 'snippet', row.snippet),
      make('div', 'chips', ...fieldChips(row), ...tags)));
  link.href = `#${row.number}`;
  if (before !== undefined) link.classList.add('fresh');
  return make('li', '', link);
}

function wordsOf(row) {
  return [row.subject, row.requester, row.group, row.status, row.priority, `#${row.number}`, ...row.tags].join('\n').toLowerCase();
}

function drawList() {
  const wanted = search.value.trim().toLowerCase();
  const listed = rows.filter(row => wordsOf(row).includes(wanted));
  const kept = new Map();
  const elements = listed.map(row => {
    const version = JSON.stringify(row);
    const known = shownRows.get(row.number);
    const element = known?.version === version ? known.element : drawRow(row, known?.version);
    kept.set(row.number, { version, element });
    return element;
  });
  elements.forEach((element, place) => {
    if (rowList.children[place] !== element) rowList.insertBefore(element, rowList.children[place] ?? null);
  });
  while (rowList.children.length > elements.length) rowList.lastElementChild.remove();
  shownRows = kept;
  find('count').textContent = rows.length ? String(rows.length) : '';
  find('nothing').hidden = elements.length > 0;
  find('nothing').textContent = rows.length ? 'Nothing fits the search.' : 'No tickets yet. Send some samples, or write one of your own.';
  markCurrent();
}

function markCurrent() {
  for (const [number, { element }] of shownRows) {
    element.firstElementChild.setAttribute('aria-current', String(number === openNumber()));
  }
}

function scrollToOpen() {
  shownRows.get(openNumber())?.element.scrollIntoView({ block: 'nearest' });
}

// One ticket

const openNumber = () => Number(location.hash.slice(1)) || null;

function drawMessage(message, isFresh) {
  const isNote = !message.isPublic;
  const card = make('div', isFresh ? 'card fresh' : 'card',
    make('div', 'card-head', make('b', '', message.author), isNote ? make('span', 'badge', 'Private note') : null,
      message.isStaff && !isNote ? make('span', '', 'Agent') : null, moment(message.createdAt)),
    isNote ? renderNote(message.html ?? '') : make('div', 'words', message.text || '(no text)'),
    message.files.length ? make('div', 'files', ...message.files.map(file => chip('group', file))) : null);
  return make('article', isNote ? 'message note' : 'message', avatar(message.author), card);
}

function drawSummary(markup) {
  return make('article', 'message note', avatar('Summary'),
    make('div', 'card', make('div', 'card-head', make('b', '', 'Summary')), renderNote(markup)));
}

function drawFields(ticket, before) {
  const { row } = ticket;
  const entry = (name, value, isWide) => {
    const element = make('div', isWide ? 'wide' : '', make('dt', '', name), make('dd', '', value));
    return element;
  };
  const known = before ? new Set(before.row.tags) : null;
  const tags = row.tags.map(tag => chip(known && !known.has(tag) ? 'tag fresh' : 'tag', tag));
  const [status, priority] = fieldChips(row);
  const none = text => make('span', 'faint', text);
  return make('aside', 'fields', make('dl', '',
    entry('Status', status),
    entry('Priority', priority ?? none('not set')),
    entry('Group', row.group ?? none('none')),
    entry('Assignee', ticket.assignee ?? none('nobody')),
    entry('Requester', make('span', '', row.requester, make('br'), make('span', 'faint', ticket.requesterEmail)), true),
    ...ticket.fields.map(field => entry(field.title, field.value)),
    entry('Tags', tags.length ? make('div', 'chips', ...tags) : none('none'), true)));
}

function drawReply(ticket) {
  const text = make('textarea', '');
  text.rows = 2;
  text.placeholder = `Write again as ${ticket.row.requester}`;
  text.setAttribute('aria-label', text.placeholder);
  text.value = answer;
  text.addEventListener('input', () => { answer = text.value; });
  const trouble = make('p', 'trouble');
  trouble.setAttribute('role', 'alert');
  const send = make('button', 'quiet', 'Send as customer');
  send.type = 'submit';
  const form = make('form', 'reply', text, make('div', 'actions', trouble, send));
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (!text.value.trim()) return;
    try {
      answer = '';
      await call(`/sandbox/tickets/${ticket.row.number}/messages`, { text: text.value });
    } catch (error) {
      answer = text.value;
      trouble.textContent = error.message;
    }
  });
  return form;
}

function drawTicket(ticket) {
  const before = shownTicket?.row.number === ticket.row.number ? shownTicket : null;
  if (before && JSON.stringify(before) === JSON.stringify(ticket)) return;
  const wasTyping = before !== null && Boolean(document.activeElement?.closest?.('.reply'));
  const known = before ? new Set(before.messages.map(message => message.id)) : null;
  const { row } = ticket;
  const back = make('a', 'back', '← Inbox');
  back.href = '#';
  const isOver = row.status === 'closed';
  ticketPane.replaceChildren(make('div', 'sheet',
    make('div', 'sheet-head', back, make('h2', '', row.subject || '(no subject)'),
      make('div', 'chips', ...fieldChips(row), make('span', '', `#${row.number} by ${ticket.channel},`), moment(row.createdAt))),
    make('div', 'talk',
      ticket.summary ? drawSummary(ticket.summary) : null,
      ...ticket.messages.map(message => drawMessage(message, known && !known.has(message.id))),
      isOver ? make('p', 'faint', 'This ticket is closed.') : drawReply(ticket)),
    drawFields(ticket, before)));
  if (wasTyping) ticketPane.querySelector('.reply textarea')?.focus();
  shownTicket = ticket;
}

function drawEmpty(text) {
  const picture = make('img', '');
  picture.src = '/icon.svg';
  picture.alt = '';
  picture.width = picture.height = 44;
  shownTicket = null;
  ticketPane.replaceChildren(make('div', 'empty', picture, make('p', '', text)));
}

async function showOpen() {
  const number = openNumber();
  desk.classList.toggle('reading', number !== null);
  markCurrent();
  if (number === null) {
    drawEmpty('Choose a ticket on the left to read it.');
    return;
  }
  try {
    const ticket = await call(`/sandbox/tickets/${number}`);
    if (number === openNumber()) drawTicket(ticket);
  } catch (error) {
    if (number === openNumber()) drawEmpty(error.message);
  }
}

// Staying up to date

let isLoading = false;
let isStale = false;

async function load() {
  if (isLoading) {
    isStale = true;
    return;
  }
  isLoading = true;
  try {
    do {
      isStale = false;
      rows = await call('/sandbox/tickets');
      drawList();
    } while (isStale);
  } catch {
    find('live').textContent = 'not reachable';
  } finally {
    isLoading = false;
  }
}

function listen() {
  const live = find('live');
  const events = new EventSource('/sandbox/events');
  events.onopen = () => {
    live.textContent = 'live';
    live.classList.add('on');
    load().then(scrollToOpen);
    showOpen();
  };
  events.onerror = () => {
    live.textContent = 'reconnecting';
    live.classList.remove('on');
  };
  events.onmessage = event => {
    load();
    if (JSON.parse(event.data).includes(openNumber())) showOpen();
  };
}

find('send-samples').addEventListener('click', async event => {
  event.target.disabled = true;
  try {
    await call('/sandbox/samples', { count: 10 });
  } catch (error) {
    find('live').textContent = error.message;
  } finally {
    event.target.disabled = false;
  }
});
find('write').addEventListener('click', () => writer.showModal());
find('writer-cancel').addEventListener('click', () => writer.close());
find('writer-form').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target, trouble = find('writer-trouble');
  try {
    const ticket = await call('/sandbox/tickets', Object.fromEntries(new FormData(form)));
    trouble.hidden = true;
    form.reset();
    writer.close();
    location.hash = String(ticket.row.number);
  } catch (error) {
    trouble.textContent = error.message;
    trouble.hidden = false;
  }
});
search.addEventListener('input', drawList);
addEventListener('hashchange', () => {
  answer = '';
  scrollToOpen();
  showOpen();
});
setInterval(drawTimes, 30_000);

function drawTimes() {
  for (const element of document.querySelectorAll('time')) {
    element.textContent = moment(element.dateTime).textContent;
  }
}

showOpen();
listen();
