// What scripts add; every page reads and every form works without them.

// Moments in the reader's own time.
function tellTimes(root) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const time of root.querySelectorAll("time[datetime]")) {
    time.title = time.textContent;
    time.textContent = format.format(new Date(time.dateTime));
  }
}

// Parts that are marked data-live are fetched again when the server says that there is something new. What somebody has the focus in, has
// changed or has opened a form in, stays as it is.
async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    if (next && !isInHands(part)) {
      keepOpen(part, next);
      part.replaceWith(next);
      tellTimes(next);
    }
  }
  if (!fresh.body.dataset.liveFrom) feed?.close();
}

// Somebody is at it: their choice would be lost.
function isInHands(part) {
  return part.contains(document.activeElement) || part.querySelector("details[open] form") !== null
    || [...part.querySelectorAll("input, select, textarea")].some(isChanged);
}

// Another value than the page came with. A list that came without a choice shows its first.
function isChanged(control) {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    return options.some(option => option.defaultSelected)
      ? options.some(option => option.selected !== option.defaultSelected)
      : control.selectedIndex > 0;
  }
  return control.type === "checkbox" || control.type === "radio"
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}

// What somebody has opened stays open.
function keepOpen(part, next) {
  const names = [...part.querySelectorAll("details[open] > summary")].map(summary => summary.textContent.trim());
  for (const summary of next.querySelectorAll("details > summary")) {
    if (names.includes(summary.textContent.trim())) summary.parentElement.open = true;
  }
}

const from = document.body.dataset.liveFrom;
const feed = from ? new EventSource(from) : null;
feed?.addEventListener("change", refresh);
addEventListener("pagehide", () => feed?.close());

// Rows that can be put in another order: Alt with an arrow, or dragged. Both press the buttons that stand there anyway, or send their form.
for (const table of document.querySelectorAll("table[data-order]")) {
  let dragged = null;
  table.addEventListener("keydown", event => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const row = event.target.closest("tr[data-place]");
    row?.querySelector(event.key === "ArrowUp" ? "button[data-up]" : "button[data-down]")?.click();
    event.preventDefault();
  });
  for (const row of table.querySelectorAll("tr[data-place]")) {
    row.draggable = true;
    row.addEventListener("dragstart", event => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
    });
    row.addEventListener("dragover", event => {
      event.preventDefault();
      row.classList.add("over");
    });
    row.addEventListener("dragleave", () => row.classList.remove("over"));
    row.addEventListener("drop", event => {
      event.preventDefault();
      row.classList.remove("over");
      if (!dragged || dragged === row) return;
      const form = document.getElementById(table.dataset.order);
      form.elements.place.value = dragged.dataset.place;
      form.elements.to.value = row.dataset.place;
      form.submit();
    });
  }
}

// A form that asks before it is left with changes in it.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", event => { if (changed) event.preventDefault(); });
}

tellTimes(document);
