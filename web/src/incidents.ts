// The incidents page: map, timeline and list over one filter, which stands in the address.
import { ask, bdi, element, tell } from "./api";
import { words } from "./words";
import { asked, FIELDS, get, onChange, set, type Field } from "./filters";
import { openMap } from "./map";
import { loadTimeline } from "./timeline";
import "./views.css";

interface Item {
  id: number; title: string; type: string; since: string; until: string; dated: boolean; place: { precision: string | null };
  claims: number; reports: number; voices: number; killed_low: number | null; killed_high: number | null; disputed: boolean;
}
interface Items { items: Item[]; next: number | null; total: number }

const form = document.getElementById("filters") as HTMLFormElement;
const list = document.getElementById("list") as HTMLOListElement;
const count = document.getElementById("count") as HTMLElement;
const more = document.getElementById("more") as HTMLButtonElement;
let following: number | null = null;
let wanted = 0;

function fill(): void {
  for (const name of FIELDS) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = get(name) === "true";
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = get(name);
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#exports a[data-export]")) link.search = asked(["bbox"]).toString();
}

function days(item: Item): string {
  if (!item.since) return words.noDay;
  const told = item.since === item.until || !item.until ? item.since : `${item.since} – ${item.until}`;
  return item.dated ? told : words.reported(told);
}

function killed(item: Item): string {
  if (item.killed_low === null && item.killed_high === null) return "";
  const low = item.killed_low ?? "?", high = item.killed_high ?? "?";
  return words.killed(low === high ? String(low) : `${low}–${high}`);
}

function line(item: Item): HTMLLIElement {
  const vague = ["admin1", "admin2", "region", "country", "sea"].includes(item.place.precision ?? "");
  const made = element("li", { "data-id": String(item.id) },
    element("a", { href: `/incidents/${item.id}` }, element("span", { class: vague ? "mark area" : "mark", "aria-hidden": "true" }), bdi(item.title)),
    element("p", { class: "faint" }, [days(item), killed(item), words.voices(item.voices, item.reports)].filter(Boolean).join(" · ")));
  if (item.disputed) made.append(element("span", { class: "tag" }, words.disputed));
  if (get("incident") === String(item.id)) made.setAttribute("aria-current", "true");
  return made;
}

async function load(on = false): Promise<void> {
  const mine = ++wanted;
  const address = asked();
  if (on && following !== null) address.set("after", String(following));
  try {
    const told = await ask<Items>("GET", `/api/incidents?${address}`);
    if (mine !== wanted) return;
    if (!on) list.replaceChildren();
    list.append(...told.items.map(line));
    following = told.next;
    more.hidden = following === null;
    count.textContent = words.incidents(told.total);
  } catch (why) {
    if (mine === wanted) tell((why as Error).message, true);
  }
}

let waiting = 0;
function changed(event: Event): void {
  const field = event.target as HTMLInputElement;
  const value = field.type === "checkbox" ? (field.checked ? "true" : "") : field.value.trim();
  clearTimeout(waiting);
  waiting = window.setTimeout(() => set({ [field.name as Field]: value }), event.type === "input" ? 350 : 0);
}
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("reset", event => { event.preventDefault(); set({ ...Object.fromEntries(FIELDS.map(name => [name, ""])), bbox: "" }); });
more.addEventListener("click", () => void load(true));
onChange(fields => { fill(); if ([...fields].some(field => field !== "incident")) void load(); else void load(); });

fill();
void load();
void loadTimeline();
void openMap();
