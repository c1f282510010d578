// A report's claims in the ledger: their status, verdicts on them, and roles pointed at by selecting words.
import { ask, element, may, Refused, tell } from "./api";
import { words } from "./words";
import { reasonFor, type Decision, type Decided } from "./deciding";

interface ClaimView { id: string; number: number | null; record: string; status: string | null; incident: number | null; seen: string }
interface ReportView { claims: ClaimView[] }

const head = document.querySelector<HTMLElement>("[data-report]");
const report = head?.dataset.report ?? "";
const cards = new Map([...document.querySelectorAll<HTMLElement>(".card[data-claim]")].map(card => [card.dataset.claim ?? "", card]));
const claims = new Map<string, ClaimView>();

async function decide(claim: ClaimView, decision: Decision): Promise<void> {
  try {
    const done = await ask<Decided>("POST", `/api/claims/${claim.number}/decisions`, { ...decision, seen: claim.seen, key: crypto.randomUUID() });
    claim.status = done.status;
    claim.seen = done.seen;
    paint(claim);
    tell(done.told);
  } catch (why) {
    tell((why as Error).message, true);
    if (why instanceof Refused && why.code === "conflict") await load();
  }
}

function paint(claim: ClaimView): void {
  const card = cards.get(claim.id);
  if (!card || claim.number === null) return;
  card.querySelector(".judge")?.remove();
  const bar = element("div", { class: "judge" });
  const act = (name: string, decision: () => Promise<Decision | null>): void => {
    const button = element("button", { type: "button", "data-decide": name }, name);
    button.addEventListener("click", async event => {
      event.stopPropagation();
      const made = await decision();
      if (made) await decide(claim, made);
    });
    bar.append(button);
  };
  act("accept", async () => ({ verdict: "accept", reason: "" }));
  act("reject", () => reasonFor("reject"));
  if (claim.status !== "unreviewed") act("undo", async () => ({ verdict: "withdraw", reason: "taken back" }));
  bar.append(element("span", { class: "status" }, words.claim(claim.number, claim.status ?? "unreviewed")));
  if (claim.incident !== null) bar.append(element("a", { href: `/incidents/${claim.incident}` }, words.incident(claim.incident)));
  card.querySelector("details")?.before(bar);
}

async function load(): Promise<void> {
  const told = await ask<ReportView>("GET", `/api/reports/${encodeURIComponent(report)}`);
  for (const claim of told.claims) { claims.set(claim.id, claim); paint(claim); }
}

// Words selected in the text may be put in a role of the claim that is chosen.
const text = document.querySelector<HTMLElement>(".reading .text");
let picker: HTMLElement | null = null;
function offsetIn(paragraphs: HTMLElement[], node: Node, at: number): number | null {
  // Offsets in code points of the stored text: each paragraph tells where it begins.
  const home = paragraphs.find(one => one.contains(node));
  if (!home || home.dataset.start === undefined) return null;
  const range = document.createRange();
  range.setStart(home, 0);
  range.setEnd(node, at);
  const before = range.cloneContents();
  for (const sign of before.querySelectorAll(".ctl")) sign.textContent = " "; // a character that steers is shown by its name
  return Number(home.dataset.start) + [...(before.textContent ?? "")].length;
}
function offer(): void {
  picker?.remove();
  picker = null;
  const selection = getSelection();
  const card = document.querySelector<HTMLElement>(".card[aria-current=true]");
  const claim = card ? claims.get(card.dataset.claim ?? "") : undefined;
  if (!text || !selection || selection.isCollapsed || !claim || !text.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const paragraphs = [...text.querySelectorAll<HTMLElement>("p")];
  const start = offsetIn(paragraphs, range.startContainer, range.startOffset);
  const end = offsetIn(paragraphs, range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return;
  const chosen = selection.toString();
  const box = range.getBoundingClientRect();
  const shown = element("div", { id: "pick", role: "toolbar", "aria-label": words.intoRole });
  for (const role of ["actor", "recipient", "place", "time", "instrument"]) {
    const button = element("button", { type: "button" }, role);
    button.addEventListener("click", async () => {
      const made = await reasonFor(`${role}: ${chosen.slice(0, 60)}`);
      if (made) await decide(claim, { verdict: "amend", reason: made.reason, amendment: { [role]: [[start, end]] } });
      shown.remove();
    });
    shown.append(button);
  }
  document.body.append(shown);
  shown.style.top = `${window.scrollY + box.bottom + 6}px`;
  shown.style.left = `${Math.max(8, window.scrollX + box.left)}px`;
  picker = shown;
}

// Without a mouse: in the text, arrows go from word to word, with Shift they select; Enter goes on to the roles.
function byKeys(event: KeyboardEvent): void {
  const selection = getSelection(), first = text?.querySelector("p");
  if (!text || !selection || !first) return;
  if (event.key === "Enter") {
    const button = picker?.querySelector("button");
    if (button) { event.preventDefault(); button.focus(); }
    return;
  }
  const direction = { ArrowRight: "forward", ArrowLeft: "backward" }[event.key];
  if (!direction) return;
  event.preventDefault();
  if (!selection.anchorNode || !text.contains(selection.anchorNode)) selection.collapse(first, 0);
  selection.modify(event.shiftKey ? "extend" : "move", direction, "word");
}

if (report && may("coder")) {
  if (text) { text.tabIndex = 0; text.addEventListener("keydown", byKeys); }
  void load();
  document.addEventListener("selectionchange", () => { if (!picker?.contains(document.activeElement)) offer(); });
}
