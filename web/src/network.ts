// Who is said to act against whom: a drawing that is the same each time, and a table that tells the same.
import { ask, bdi, element, svg, tell, visible } from "./api";
import { words } from "./words";
import "./views.css";

interface Edge { source: string; target: string; type: string; claims: number; voices: string[] }
interface Network { actors: { name: string; kind: string }[]; edges: Edge[]; left_out: number }
const CELL = 480, ROW = 30;

// Actors that hang together form a group; in each, who acts stands on the left and who is acted on on the right. The same claims give the same drawing.
function groups(told: Network): string[][] {
  const beside = new Map<string, Set<string>>(told.actors.map(actor => [actor.name, new Set()]));
  for (const edge of told.edges) { beside.get(edge.source)?.add(edge.target); beside.get(edge.target)?.add(edge.source); }
  const seen = new Set<string>(), found: string[][] = [];
  for (const { name } of told.actors) {
    if (seen.has(name)) continue;
    const group: string[] = [], waiting = [name];
    seen.add(name);
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      group.push(one);
      for (const other of beside.get(one) ?? []) if (!seen.has(other)) { seen.add(other); waiting.push(other); }
    }
    found.push(group);
  }
  return found.sort((one, other) => other.length - one.length || (one[0] ?? "").localeCompare(other[0] ?? ""));
}

interface Spot { x: number; y: number; right: boolean }
function placed(told: Network): { at: Map<string, Spot>; high: number } {
  const balance = new Map<string, number>();
  for (const edge of told.edges) {
    balance.set(edge.source, (balance.get(edge.source) ?? 0) + edge.claims);
    balance.set(edge.target, (balance.get(edge.target) ?? 0) - edge.claims);
  }
  const at = new Map<string, Spot>(), tops = [20, 20];
  for (const group of groups(told)) {
    const column = (tops[0] ?? 0) <= (tops[1] ?? 0) ? 0 : 1, top = tops[column] ?? 0;
    let left = group.filter(name => (balance.get(name) ?? 0) > 0), right = group.filter(name => (balance.get(name) ?? 0) <= 0);
    if (!left.length) { left = right.slice(0, Math.ceil(right.length / 2)); right = right.slice(left.length); }
    left.forEach((name, index) => at.set(name, { x: column * (CELL + 50) + 235, y: top + index * ROW, right: false }));
    right.forEach((name, index) => at.set(name, { x: column * (CELL + 50) + 325, y: top + index * ROW, right: true }));
    tops[column] = top + Math.max(left.length, right.length) * ROW + 14;
  }
  return { at, high: Math.max(...tops) + 10 };
}

function draw(told: Network): void {
  const home = document.getElementById("network");
  if (!home || !told.actors.length) { home?.replaceChildren(element("p", { class: "nothing" }, words.noPair)); return; }
  const { at, high } = placed(told);
  const drawn = svg("svg", { viewBox: `0 0 ${2 * CELL + 130} ${high}`, role: "group", "aria-label": words.actors },
    svg("defs", {}, svg("marker", { id: "tip", viewBox: "0 0 8 8", refX: 15, refY: 4, markerWidth: 7, markerHeight: 7, markerUnits: "userSpaceOnUse", orient: "auto" }, svg("path", { d: "M0 0 8 4 0 8z", fill: "currentColor" }))));
  for (const edge of told.edges) {
    const one = at.get(edge.source), other = at.get(edge.target);
    if (!one || !other) continue;
    const bent = one.x === other.x ? (one.right ? -60 : 60) : 0;
    drawn.append(svg("path", { d: `M${one.x} ${one.y}Q${(one.x + other.x) / 2 + bent} ${(one.y + other.y) / 2} ${other.x} ${other.y}`, class: "edge", "stroke-width": Math.min(5, 1 + Math.log2(edge.claims)), "marker-end": "url(#tip)" },
      svg("title", {}, words.claimsBy(visible(edge.source), visible(edge.target), edge.type.toLowerCase(), edge.claims, visible(edge.voices.join(", "))))));
  }
  for (const actor of told.actors) {
    const spot = at.get(actor.name);
    if (!spot) continue;
    const name = visible(actor.name), short = name.length > 34 ? `${name.slice(0, 33)}…` : name;
    drawn.append(svg("g", { tabindex: 0, role: "img", "aria-label": `${name}, ${actor.kind.replaceAll("_", " ")}` },
      svg("circle", { cx: spot.x, cy: spot.y, r: 6 }), svg("text", { x: spot.right ? spot.x + 11 : spot.x - 11, y: spot.y + 4, "text-anchor": spot.right ? "start" : "end" }, short)));
  }
  home.replaceChildren(drawn);
  const body = document.querySelector("#edges tbody");
  body?.replaceChildren(...told.edges.map(edge => element("tr", {}, element("td", {}, bdi(edge.source)), element("td", {}, edge.type.toLowerCase()), element("td", {}, bdi(edge.target)),
    element("td", { class: "number" }, String(edge.claims)), element("td", {}, bdi(edge.voices.join(", "))))));
}

try {
  draw(await ask<Network>("GET", `/api/network${location.search}`));
} catch (why) {
  tell((why as Error).message, true);
}
