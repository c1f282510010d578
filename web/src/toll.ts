// What each voice told of a toll over time: a dot where one number is told, a bar where a range is; a table that tells the same.
import { ask, bdi, element, svg, tell, visible } from "./api";
import { words } from "./words";
import { asked } from "./filters";
import "./views.css";

interface Point { day: string | null; low: number | null; high: number | null; revision: string }
interface Series { voice: string; population: string; side: string; since: string | null; points: Point[] }
interface Toll { measure: string; totals: Series[]; acts: Series[]; undated: Series[] }
const WIDE = 1000, LINE = 46, LEFT = 250, RIGHT = 30;

function name(series: Series): string {
  return [visible(series.voice), series.population === "people" ? "" : series.population, series.side && `of ${visible(series.side)}`, series.since && `since ${series.since}`].filter(Boolean).join(", ");
}

function chart(title: string, lot: Series[]): Node[] {
  const dated = lot.map(series => ({ series, points: series.points.filter((point): point is Point & { day: string } => Boolean(point.day)) })).filter(one => one.points.length).slice(0, 40);
  if (!dated.length) return [];
  const days = dated.flatMap(one => one.points.map(point => Date.parse(point.day)));
  const first = Math.min(...days), last = Math.max(...days);
  const most = Math.max(1, ...dated.flatMap(one => one.points.map(point => Math.max(point.high ?? 0, point.low ?? 0))));
  const x = (day: string): number => (last > first ? LEFT + ((Date.parse(day) - first) / (last - first)) * (WIDE - LEFT - RIGHT) : (LEFT + WIDE) / 2);
  const drawn = svg("svg", { viewBox: `0 0 ${WIDE} ${dated.length * LINE + 26}`, role: "img", "aria-label": words.tableTells(title) });
  dated.forEach(({ series, points }, index) => {
    const base = index * LINE + LINE - 8;
    const y = (value: number): number => base - (value / most) * (LINE - 16);
    const label = name(series);
    drawn.append(svg("line", { x1: LEFT, y1: base, x2: WIDE - RIGHT, y2: base, class: "base" }), svg("text", { x: LEFT - 10, y: base, "text-anchor": "end" }, label.length > 38 ? `${label.slice(0, 37)}…` : label));
    for (const point of points) {
      const low = point.low ?? point.high ?? 0, high = point.high ?? low, at = x(point.day);
      const words = `${point.day}: ${point.low ?? "?"}${point.high === point.low ? "" : `–${point.high ?? "?"}`}${point.revision ? `, ${point.revision}` : ""}`;
      const mark = high === low ? svg("circle", { cx: at, cy: y(low), r: 4, class: "told" }) : svg("rect", { x: at - 3, y: y(high), width: 6, height: Math.max(4, y(low) - y(high)), class: "told" });
      mark.append(svg("title", {}, `${label}, ${words}`));
      drawn.append(mark);
      if (point.high === null) drawn.append(svg("path", { d: `M${at - 4} ${y(low) - 8}h8l-4-6z`, class: "told" })); // at least so many
      if (points.length <= 4) drawn.append(svg("text", { x: at + 7, y: y(high) + 4 }, low === high ? String(low) : `${point.low ?? "?"}–${point.high ?? "?"}`));
    }
  });
  const axis = dated.length * LINE + 18;
  drawn.append(svg("text", { x: LEFT, y: axis }, new Date(first).toISOString().slice(0, 10)), svg("text", { x: WIDE - RIGHT, y: axis, "text-anchor": "end" }, new Date(last).toISOString().slice(0, 10)));
  return [element("h2", {}, title), drawn];
}

function table(lots: [string, Series[]][]): HTMLElement[] {
  return lots.flatMap(([lot, series]) => series.flatMap(one => one.points.map(point => element("tr", {}, element("td", {}, bdi(name(one))), element("td", {}, lot), element("td", {}, point.day ?? "—"),
    element("td", { class: "number" }, String(point.low ?? "?")), element("td", { class: "number" }, String(point.high ?? "?")), element("td", {}, point.revision)))));
}

const measure = document.getElementById("measure") as HTMLSelectElement;
async function load(): Promise<void> {
  try {
    const address = asked(["bbox"]);
    address.set("measure", measure.value);
    const told = await ask<Toll>("GET", `/api/toll?${address}`);
    const home = document.getElementById("toll") as HTMLElement;
    const drawn = [...chart(words.totals, told.totals), ...chart(words.acts, told.acts)];
    home.replaceChildren(...(drawn.length ? drawn : [element("p", { class: "nothing" }, words.nobodyTold)]));
    document.querySelector("#points tbody")?.replaceChildren(...table([["total", told.totals], ["act", told.acts], ["no day", told.undated]]));
  } catch (why) {
    tell((why as Error).message, true);
  }
}
measure.addEventListener("change", () => void load());
void load();
