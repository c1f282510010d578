// Incidents by day, month or year, with a brush for mouse, touch and keys: it sets the days of the filter.
import { ask, svg } from "./api";
import { words } from "./words";
import { asked, get, onChange, set } from "./filters";

interface Bars { bin: "day" | "month" | "year"; bins: { start: string; count: number; disputed: number }[]; undated: number }
const WIDE = 1000, HIGH = 92, BASE = 70;
const box = document.getElementById("timeline") as HTMLElement;
const undated = document.getElementById("undated") as HTMLElement;
let told: Bars = { bin: "day", bins: [], undated: 0 };
let days: string[] = []; // the first day of every bin from the first to the last, empty ones too
let wanted = 0;

const iso = (date: Date): string => date.toISOString().slice(0, 10);
function later(day: string, bin: Bars["bin"], by = 1): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (bin === "day") date.setUTCDate(date.getUTCDate() + by);
  else if (bin === "month") date.setUTCMonth(date.getUTCMonth() + by);
  else date.setUTCFullYear(date.getUTCFullYear() + by);
  return iso(date);
}
const lastOf = (start: string): string => iso(new Date(Date.parse(`${later(start, told.bin)}T00:00:00Z`) - 86400000));
const label = (day: string): string => day.slice(0, told.bin === "day" ? 10 : told.bin === "month" ? 7 : 4);

export async function loadTimeline(): Promise<void> {
  const mine = ++wanted;
  const answered = await ask<Bars>("GET", `/api/incidents/timeline?${asked(["since", "until"])}`);
  if (mine !== wanted) return;
  told = answered;
  undated.textContent = told.undated ? words.undated(told.undated) : "";
  days = [];
  const first = told.bins[0]?.start, last = told.bins.at(-1)?.start;
  for (let day = first; day && last && day <= last && days.length < 4000; day = later(day, told.bin)) days.push(day);
  draw();
}

const at = (index: number): number => (days.length ? (index / days.length) * WIDE : 0);
function range(): [number, number] {
  const since = get("since"), until = get("until");
  let from = 0, to = days.length - 1;
  if (since) from = Math.max(0, days.findIndex(day => lastOf(day) >= since));
  if (until) { const beyond = days.findIndex(day => day > until); to = beyond < 0 ? days.length - 1 : Math.max(0, beyond - 1); }
  return [from, Math.max(from, to)];
}

function choose(from: number, to: number): void {
  const [low, high] = from <= to ? [from, to] : [to, from];
  const start = days[Math.max(0, low)], end = days[Math.min(days.length - 1, high)];
  if (!start || !end) return;
  const whole = low <= 0 && high >= days.length - 1;
  set(whole ? { since: "", until: "" } : { since: start, until: lastOf(end) });
}

function draw(): void {
  const counts = new Map(told.bins.map(bin => [bin.start, bin]));
  const most = Math.max(1, ...told.bins.map(bin => bin.count));
  const drawn = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", role: "group", "aria-label": words.incidentsBy(told.bin) });
  const wide = days.length ? WIDE / days.length : WIDE;
  days.forEach((day, index) => {
    const bin = counts.get(day);
    if (!bin) return;
    const high = (bin.count / most) * (BASE - 6);
    const bar = svg("rect", { x: at(index), y: BASE - high, width: Math.max(0.8, wide * 0.86), height: high, class: "bar" });
    bar.append(svg("title", {}, `${label(day)}: ${bin.count}, ${bin.disputed} disputed`));
    drawn.append(bar);
    if (bin.disputed) drawn.append(svg("rect", { x: at(index), y: BASE - (bin.disputed / most) * (BASE - 6), width: Math.max(0.8, wide * 0.86), height: (bin.disputed / most) * (BASE - 6), class: "bar disputed" }));
  });
  const [from, to] = range();
  const chosen = Boolean(get("since") || get("until"));
  const brush = svg("rect", { x: at(from), y: 0, width: Math.max(2, at(to + 1) - at(from)), height: BASE, class: chosen ? "brush on" : "brush" });
  drawn.append(brush);
  for (const [name, index] of [["from", from], ["to", to]] as const) {
    const day = days[index] ?? "";
    const handle = svg("rect", {
      x: at(name === "from" ? index : index + 1) - 4, y: 0, width: 8, height: BASE, class: "handle", tabindex: 0, role: "slider", "data-handle": name,
      "aria-label": name === "from" ? words.firstDay : words.lastDay, "aria-valuemin": 0, "aria-valuemax": Math.max(0, days.length - 1), "aria-valuenow": index, "aria-valuetext": label(day),
    });
    handle.addEventListener("keydown", event => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -days.length, End: days.length }[(event as KeyboardEvent).key];
      if (by === undefined) return;
      event.preventDefault();
      const next = Math.min(days.length - 1, Math.max(0, index + by));
      const [low, high] = name === "from" ? [Math.min(next, to), to] : [from, Math.max(next, from)];
      choose(low, high);
      box.querySelector<SVGElement>(`[data-handle=${name}]`)?.focus();
    });
    drawn.append(handle);
  }
  const ticks = Math.min(8, days.length);
  const axis = document.createElement("p");
  axis.className = "axis";
  for (let tick = 0; tick < ticks; tick++) {
    const span = document.createElement("span");
    span.textContent = label(days[Math.floor((tick * days.length) / ticks)] ?? "");
    axis.append(span);
  }
  drag(drawn as SVGSVGElement);
  box.replaceChildren(drawn, axis);
}

function drag(drawn: SVGSVGElement): void {
  let began: number | null = null;
  const index = (event: PointerEvent): number => {
    const rect = drawn.getBoundingClientRect();
    return Math.min(days.length - 1, Math.max(0, Math.floor(((event.clientX - rect.left) / rect.width) * days.length)));
  };
  drawn.addEventListener("pointerdown", event => { began = index(event); drawn.setPointerCapture(event.pointerId); });
  drawn.addEventListener("pointermove", event => {
    if (began === null) return;
    const [low, high] = [Math.min(began, index(event)), Math.max(began, index(event))];
    const brush = drawn.querySelector(".brush");
    brush?.setAttribute("x", String(at(low)));
    brush?.setAttribute("width", String(Math.max(2, at(high + 1) - at(low))));
    brush?.classList.add("on");
  });
  drawn.addEventListener("pointerup", event => { if (began !== null) choose(began, index(event)); began = null; });
  drawn.addEventListener("dblclick", () => set({ since: "", until: "" }));
}

onChange(changed => {
  if ([...changed].every(field => field === "since" || field === "until" || field === "incident")) draw();
  else void loadTimeline();
});
