// The review queue, worked through by keys. A decision is sent at once; what others decided meanwhile is shown, never written over.
import { ask, bdi, element, Refused, tell, visible } from "./api";
import { words } from "./words";
import { asked, otherFor, reasonFor, type Decided, type Decision } from "./deciding";
import "./queue.css";

// With ?assignment=… it is a coder's own list of an assignment: the same keys, and decisions under seal.
interface Waiting { seen?: string; number: number; act: string; modality: string; place: string | null; day: string | null; source: string; quote: string; urgency: number; disputed: boolean; status: string }
interface Page { items: Waiting[]; total: number; next: string | null }
interface Mark { start: number; end: number; role: string }
interface Voice { name: string; stance?: string }
interface Review { verdict: string; by: string; at: string; reason: string; amendment: Record<string, unknown> | null }
interface Other { number: number; voices: string[]; modality: string; quote: string; source: string }
interface Claim {
  number: number; status: string; seen: string; type: string; mode: string | null; modality: string;
  claim: { certainty?: string; confidence?: number | null; voices: Voice[] };
  figures: { measure: string; low: number | null; high: number | null; quote?: string; text?: string }[];
  document: { id: string; title: string | null; published: string | null; source: { name: string } };
  context: { start: number; text: string; marks: Mark[] };
  incident: number | null; others: Other[]; reviews: Review[];
  definition: { name: string; definition: string; yes: string[]; no: string[] } | null;
}

const list = document.getElementById("waiting") as HTMLOListElement;
const view = document.getElementById("one") as HTMLElement;
const left = document.getElementById("left") as HTMLElement;
let rows: Waiting[] = [];
let following: string | null = null;
let at = -1;
let current: Claim | null = null;
let busy = false;
const assignment = new URLSearchParams(location.search).get("assignment");
const home = assignment ? `/api/assignments/${encodeURIComponent(assignment)}` : "";
const done: number[] = []; // numbers in the order of decisions: `u` goes back along them

async function more(): Promise<void> {
  const address = new URLSearchParams(location.search);
  if (following) address.set("after", following);
  const page = await ask<Page>("GET", assignment ? `${home}/items` : `/api/queue?${address}`);
  following = page.next;
  const known = new Set(rows.map(row => row.number));
  for (const row of page.items) if (!known.has(row.number)) { rows.push(row); list.append(line(row)); if (row.status.startsWith("coded")) list.lastElementChild?.querySelector("button")?.classList.add("done"); }
  left.textContent = words.wait(page.total);
}

function line(row: Waiting): HTMLLIElement {
  const button = element("button", { type: "button", "data-number": String(row.number) },
    element("span", { class: `dot ${row.modality}`, "aria-hidden": "true" }),
    element("b", {}, row.act.toLowerCase().replace("/", " · ")),
    element("span", { class: "faint" }, [row.place, row.day?.slice(0, 10), row.source].filter(Boolean).map(part => visible(String(part))).join(" · ")),
    element("span", { class: "why" }, assignment ? row.status : row.disputed ? words.disputed : words.unsure(row.urgency)));
  button.addEventListener("click", () => void show(rows.indexOf(row)));
  return element("li", {}, button);
}

async function show(index: number): Promise<void> {
  const row = rows[index];
  if (!row) {
    if (following) { await more(); if (rows[index]) return show(index); }
    return;
  }
  at = index;
  for (const button of list.querySelectorAll("button")) button.setAttribute("aria-current", String(button.dataset.number === String(row.number)));
  list.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  await open(row.number);
  if (index > rows.length - 8 && following) await more();
}

async function open(number: number): Promise<void> {
  try {
    current = await ask<Claim>("GET", `/api/claims/${number}`);
    const row = rows.find(one => one.number === number);
    if (assignment && row) { current.seen = row.seen ?? ""; current.status = row.status; }
    draw(current);
  } catch (why) {
    tell((why as Error).message, true);
  }
}

function excerpt(claim: Claim): HTMLElement {
  const points = [...claim.context.text]; // offsets are code points
  const cuts = new Set([0, points.length]);
  for (const mark of claim.context.marks) { cuts.add(mark.start - claim.context.start); cuts.add(mark.end - claim.context.start); }
  const edges = [...cuts].filter(cut => cut >= 0 && cut <= points.length).sort((a, b) => a - b);
  const quote = element("blockquote", { dir: "auto" });
  edges.forEach((from, index) => {
    const to = edges[index + 1];
    if (to === undefined) return;
    const inside = claim.context.marks.filter(mark => mark.start - claim.context.start <= from && mark.end - claim.context.start >= to);
    const words = visible(points.slice(from, to).join(""));
    quote.append(inside.length ? element("mark", { class: inside.map(mark => `on-${mark.role}`).join(" "), title: inside.map(mark => mark.role).join(", ") }, words) : words);
  });
  return quote;
}

function draw(claim: Claim): void {
  const voices = element("ol", { class: "voices" }, ...claim.claim.voices.map(voice => element("li", {}, bdi(voice.name), ...(voice.stance ? [element("span", { class: "faint" }, ` ${voice.stance}`)] : []))));
  const figures = claim.figures.map(figure => element("li", {}, `${figure.measure}: ${figure.low ?? "?"}–${figure.high ?? "?"} `, bdi(figure.quote ?? figure.text ?? "")));
  const reviews = claim.reviews.map(one => element("li", {}, `${one.verdict} · `, bdi(one.by), ` · ${one.at.slice(0, 16)} `, bdi(one.reason), ...(one.amendment ? [` ${visible(JSON.stringify(one.amendment))}`] : [])));
  const others = claim.others.map(one => element("li", {}, element("b", {}, `${one.number} `), bdi(one.voices.join(" → ")), element("span", { class: "faint" }, ` ${one.modality} `), element("q", {}, bdi(one.quote))));
  const section = (title: string, items: HTMLElement[]): Node[] => (items.length ? [element("h3", {}, title), element("ul", {}, ...items)] : []);
  const definition = claim.definition;
  const lines = definition
    ? [element("details", { open: "" }, element("summary", {}, words.what(definition.name)), element("p", {}, definition.definition),
        ...definition.yes.map(one => element("p", { class: "yes" }, `✓ ${one}`)), ...definition.no.map(one => element("p", { class: "no" }, `✗ ${one}`)))]
    : [];
  view.replaceChildren(
    element("header", {}, element("h2", { "data-status": claim.status }, `${claim.type}${claim.mode ? ` · ${claim.mode}` : ""}`), element("span", { class: `badge ${claim.modality}` }, claim.modality),
      element("span", { class: "faint" }, words.claim(claim.number, claim.status) + (claim.claim.confidence == null ? "" : words.confidence(claim.claim.confidence)))),
    element("p", {}, element("a", { href: `/reports/${encodeURIComponent(claim.document.id)}` }, bdi(claim.document.title ?? claim.document.id)),
      element("span", { class: "faint" }, ` ${visible(claim.document.source.name)} · ${claim.document.published ?? words.noDate}`)),
    voices, excerpt(claim), ...section(words.figures, figures), ...section(words.decisions, reviews), ...section(words.others, others), ...lines);
}

async function send(claim: Claim, decision: Decision): Promise<void> {
  if (busy) return;
  busy = true;
  try {
    const address = assignment ? `${home}/claims/${claim.number}` : `/api/claims/${claim.number}/decisions`;
    const answered = await ask<Decided>("POST", address, { ...decision, seen: claim.seen, key: crypto.randomUUID() });
    const row = rows.find(one => one.number === claim.number);
    if (assignment && row) { row.seen = answered.seen; row.status = answered.status; }
    tell(answered.told);
    if (decision.verdict === "withdraw") { await open(claim.number); return; }
    done.push(claim.number);
    const button = list.querySelector(`button[data-number="${claim.number}"]`);
    button?.classList.add("done");
    button?.setAttribute("data-status", answered.status);
    await step(1);
  } catch (why) {
    tell((why as Error).message, true);
    if (why instanceof Refused && why.code === "conflict") await open(claim.number);
  } finally {
    busy = false;
  }
}

async function step(by: number): Promise<void> {
  let next = at + by;
  while (by > 0 && list.querySelector(`button[data-number="${rows[next]?.number}"].done`)) next += by;
  if (next < 0) return;
  if (!rows[next] && !following) { view.replaceChildren(element("p", { class: "nothing" }, words.allSeen)); current = null; at = rows.length; return; }
  await show(next);
}

async function amendment(): Promise<Decision | null> {
  const dialog = document.getElementById("amending");
  if (!(dialog instanceof HTMLDialogElement) || !current) return null;
  const form = dialog.querySelector("form");
  form?.reset();
  const data = await asked(dialog);
  if (!data) return null;
  const fields = Object.fromEntries([...data].filter(([name, value]) => name !== "reason" && value !== "").map(([name, value]) => [name, String(value)]));
  const reason = String(data.get("reason") ?? "").trim();
  if (!reason || !Object.keys(fields).length) { tell(words.nothingChanged, true); return null; }
  return { verdict: "amend", reason, amendment: fields };
}

async function linked(judgement: "same" | "different", title: string): Promise<void> {
  const claim = current;
  if (!claim || assignment) return;
  const told = await otherFor(title);
  if (!told) return;
  try {
    if (judgement === "same") { // of one report and the same voices the other is told twice
      const other = await ask<Claim>("GET", `/api/claims/${told.number}`);
      await ask("POST", "/api/merges", { kept: claim.number, other: other.number, reason: told.reason, seen: [claim.seen, other.seen], key: crypto.randomUUID() });
    } else await ask("POST", "/api/links", { first: claim.number, second: told.number, judgement, reason: told.reason });
    tell(words.judged(claim.number, told.number, judgement));
  } catch (why) {
    tell((why as Error).message, true);
  }
}

// Words selected in the text tell the second act; what it is, is asked for.
async function split(): Promise<void> {
  const claim = current, selection = getSelection(), quote = view.querySelector("blockquote");
  if (!claim || assignment || !selection || selection.isCollapsed || !quote?.contains(selection.anchorNode)) { tell(words.selectSecond, true); return; }
  const range = selection.getRangeAt(0), before = document.createRange();
  before.setStart(quote, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = claim.context.start + [...before.toString()].length, end = start + [...range.toString()].length;
  const made = await amendment();
  if (!made) return;
  try {
    const parted = await ask<{ claim: number }>("POST", `/api/claims/${claim.number}/split`, { second: { ...made.amendment, trigger: [start, end] }, reason: made.reason, seen: claim.seen, key: crypto.randomUUID() });
    tell(words.splitDone(claim.number, parted.claim));
    done.push(claim.number);
    await open(claim.number);
  } catch (why) {
    tell((why as Error).message, true);
  }
}

async function skip(): Promise<void> {
  if (current && !assignment) {
    try { await ask("POST", `/api/claims/${current.number}/skip`, { key: crypto.randomUUID() }); } catch (why) { tell((why as Error).message, true); return; }
  }
  await step(1);
}

async function undo(): Promise<void> {
  const last = done.pop() ?? current?.number;
  if (last === undefined) return;
  const index = rows.findIndex(row => row.number === last);
  list.querySelector(`button[data-number="${last}"]`)?.classList.remove("done");
  if (index >= 0) await show(index); else await open(last);
  if (current) await send(current, { verdict: "withdraw", reason: "taken back" });
}

const keys: Record<string, () => Promise<void> | void> = {
  a: () => (current ? send(current, { verdict: "accept", reason: "" }) : undefined),
  r: async () => { const claim = current; const made = await reasonFor("reject"); if (claim && made) await send(claim, made); },
  e: async () => { const claim = current; const made = await amendment(); if (claim && made) await send(claim, made); },
  m: () => linked("same", words.same),
  d: () => linked("different", words.apart),
  x: split, s: skip, n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
  u: undo,
  o: () => { if (current) location.assign(`/reports/${encodeURIComponent(current.document.id)}`); },
  "?": () => (document.getElementById("help") as HTMLDialogElement).showModal(),
};
document.addEventListener("keydown", event => {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input,textarea,select,dialog[open]")) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); void act(); }
});
document.getElementById("keys")?.addEventListener("click", () => keys["?"]?.());

await more();
await show(0);
