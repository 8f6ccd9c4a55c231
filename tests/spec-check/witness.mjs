// Stands between a connector and Prism. Each request goes to the Prism whose description has its path, or, where none has, to the
// sandbox itself. What Prism finds wrong stands in a header of the answer; here it is written down, a line of JSON for each request.
//
// node witness.mjs CONFIG: {"vendor", "port", "sandbox", "prisms": [{"port", "description"}], "record"}
// Before it listens, it sends each operation that takes a body one that no description allows: Prism passes every body where it
// can't compile the schema, and says nothing.

import { appendFileSync, readFileSync } from 'node:fs';
import { createServer, request as send } from 'node:http';

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const methods = ['get', 'put', 'post', 'delete', 'patch'];

const operations = config.prisms.flatMap(prism => {
  const { paths } = JSON.parse(readFileSync(prism.description, 'utf8'));
  return Object.entries(paths).flatMap(([path, item]) => methods.filter(method => item[method]).map(method => ({
    prism: prism.port,
    method: method.toUpperCase(),
    path,
    takesJson: Boolean(item[method].requestBody?.content?.['application/json']),
    // A path without placeholders is meant before one with.
    placeholders: path.split('{').length - 1,
    fits: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
  })));
}).sort((one, other) => one.placeholders - other.placeholders);

const record = entry => appendFileSync(config.record, `${JSON.stringify({ vendor: config.vendor, ...entry })}\n`);

function exchange(port, method, path, headers, body) {
  return new Promise((resolve, reject) => {
    const call = send({ host: '127.0.0.1', port, method, path, headers: { ...headers, host: `127.0.0.1:${port}` } }, answer => {
      const parts = [];
      answer.on('data', part => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
      answer.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** What Prism found. Of very many it tells only the first, and says so before them; the last is then cut off. */
function judge({ headers }) {
  const header = headers['sl-violations'] ?? '[]';
  const list = header.slice(header.indexOf('['));
  const isWhole = !header.startsWith('Too many');
  const violations = isWhole ? JSON.parse(list) : [{ location: ['response', 'all'], severity: 'Error', message: header.slice(0, 400) }];
  return violations.map(({ location, severity, message }) => ({
    side: location[0],
    severity,
    place: location.slice(1).map(step => (/^\d+$/.test(step) ? '*' : step)).join('.'),
    message: message.replace(/(^|[. ])\d+\./g, '$1*.'),
  }));
}

async function tryCanaries() {
  const stand = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  await new Promise(resolve => stand.listen(config.sandbox, '127.0.0.1', resolve));
  for (const { prism, method, path } of operations.filter(operation => operation.takesJson)) {
    const body = '"a text where an object belongs"';
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: 'Basic eDp5' };
    const answer = await exchange(prism, method, path.replace(/\{[^}]+\}/g, '1'), headers, body);
    const isCaught = judge(answer).some(violation => violation.side === 'request' && violation.place === 'body');
    record({ canary: `${method} ${path}`, isCaught });
  }
  stand.closeAllConnections();
  await new Promise(resolve => stand.close(resolve));
}

async function pass(request, answer) {
  const parts = [];
  for await (const part of request) parts.push(part);
  // Accounts differ in whether the help center wants this ending; the description has it nowhere.
  const url = request.url.replace(/\.json(?=\?|$)/, '');
  const path = url.split('?')[0];
  const operation = operations.find(known => known.method === request.method && known.fits.test(path));
  const port = operation?.prism ?? config.sandbox;
  try {
    const given = await exchange(port, request.method, operation ? url : request.url, request.headers, Buffer.concat(parts));
    const name = operation ? `${operation.method} ${operation.path}` : `${request.method} ${path.replace(/\/(01K\w+|\d+)(?=\/|$)/g, '/{id}')}`;
    record({ call: name, isDescribed: Boolean(operation), status: given.status, violations: operation ? judge(given) : [] });
    const { 'sl-violations': _, 'transfer-encoding': __, connection: ___, ...headers } = given.headers;
    answer.writeHead(given.status, { ...headers, 'content-length': given.body.length });
    answer.end(given.body);
  } catch {
    // The sandbox has broken the connection, as it was told to.
    answer.destroy();
  }
}

await tryCanaries();
createServer(pass).listen(config.port, '127.0.0.1', () => console.log('ready'));
