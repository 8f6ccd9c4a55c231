// Counts what the witnesses wrote down. node report.mjs RECORD EXPLAINED VENDOR...
// Ends with 1 where a violation is not explained, a canary was not caught on an operation that was called, or nothing was called.

import { readFileSync } from 'node:fs';

const [recordFile, explainedFile, ...vendors] = process.argv.slice(2);
const entries = readFileSync(recordFile, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));
const explained = JSON.parse(readFileSync(explainedFile, 'utf8'));
let failures = 0;

const count = (map, key, by = 1) => map.set(key, (map.get(key) ?? 0) + by);

for (const vendor of vendors) {
  const calls = entries.filter(entry => entry.vendor === vendor && entry.call);
  const silent = new Set(entries.filter(entry => entry.vendor === vendor && entry.canary && !entry.isCaught).map(entry => entry.canary));
  const canaries = entries.filter(entry => entry.vendor === vendor && entry.canary).length;
  const wrong = new Map(), excused = new Map(), undescribed = new Map(), statuses = new Map();
  for (const { call, isDescribed, status, violations } of calls) {
    if (!isDescribed) count(undescribed, call);
    for (const violation of violations) {
      const line = `${call}: ${violation.message}`;
      if (violation.severity !== 'Error') count(statuses, `${call} ${status}`);
      else {
        const reason = explained.find(known => known.vendor === vendor && new RegExp(known.call).test(call)
          && (known.status ?? status) === status && violation.side === known.side && new RegExp(known.place).test(violation.place));
        if (reason) {
          count(excused, `${call} ${violation.place}: ${reason.why}`);
          reason.isMet = true;
        }
        else count(wrong, `${violation.side}: ${line}`);
      }
    }
  }

  const blind = [...silent].filter(canary => calls.some(({ call }) => call === canary));
  const total = map => [...map.values()].reduce((sum, times) => sum + times, 0);
  const described = new Set(calls.filter(call => call.isDescribed).map(({ call }) => call)).size;
  console.log(`\n${vendor}: ${calls.length} requests; ${described} described calls; ${total(wrong)} violations.`);
  const list = (title, map) => {
    if (map.size === 0) return;
    console.log(`  ${title}`);
    for (const [line, times] of [...map].sort()) console.log(`    ${times} × ${line}`);
  };
  list('Violations:', wrong);
  list('Explained:', excused);
  list('Not in the description, so not checked:', undescribed);
  list('Statuses that the description lacks, as it does almost all refusals:', statuses);
  for (const { call, why } of explained.filter(known => known.vendor === vendor && !known.isMet)) {
    console.log(`  Explained and not met, so to be taken off the list: ${call}: ${why}`);
  }

  console.log(`  Canaries: ${canaries - silent.size} of ${canaries} operations with a body refuse a wrong one.`);
  if (silent.size > 0) console.log(`    Described without a shape: ${[...silent].join(', ')}`);
  if (blind.length > 0) console.log(`    Called, but any body passes there: ${blind.join(', ')}`);
  if (total(wrong) > 0 || calls.length === 0 || canaries === 0 || blind.length > 0) failures += 1;
}

process.exit(failures > 0 ? 1 : 0);
