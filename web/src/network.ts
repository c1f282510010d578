// Who is said to act against whom: a drawing that is the same each time, and a table that tells the same.
import { ask, bdi, element, svg, tell, visible } from "./api";
import "./views.css";

interface Edge { source: string; target: string; type: string; claims: number; voices: string[] }
interface Network { actors: { name: string; kind: string }[]; edges: Edge[]; left_out: number }
const WIDE = 1000, HIGH = 620;

// Springs and charges (after Fruchterman and Reingold), begun on a ring: no chance is in it.
function placed(told: Network): Map<string, { x: number; y: number }> {
  const count = told.actors.length;
  const nodes = told.actors.map((actor, index) => ({
    name: actor.name,
    x: WIDE / 2 + WIDE * 0.38 * Math.cos((2 * Math.PI * index) / count),
    y: HIGH / 2 + HIGH * 0.4 * Math.sin((2 * Math.PI * index) / count),
    dx: 0, dy: 0,
  }));
  const by = new Map(nodes.map(node => [node.name, node]));
  const ideal = 0.6 * Math.sqrt((WIDE * HIGH) / count);
  for (let round = 0; round < 300; round++) {
    const warm = 60 * (1 - round / 300);
    for (const one of nodes) {
      one.dx = (WIDE / 2 - one.x) * 0.05; one.dy = (HIGH / 2 - one.y) * 0.08;
      for (const other of nodes) {
        if (one === other) continue;
        const x = one.x - other.x, y = one.y - other.y, far = Math.max(4, Math.hypot(x, y));
        const push = (ideal * ideal) / far;
        one.dx += (x / far) * push; one.dy += (y / far) * push;
      }
    }
    for (const edge of told.edges) {
      const one = by.get(edge.source), other = by.get(edge.target);
      if (!one || !other) continue;
      const x = one.x - other.x, y = one.y - other.y, far = Math.max(4, Math.hypot(x, y)), pull = (far * far) / ideal;
      one.dx -= (x / far) * pull; one.dy -= (y / far) * pull; other.dx += (x / far) * pull; other.dy += (y / far) * pull;
    }
    for (const node of nodes) {
      const far = Math.max(1e-6, Math.hypot(node.dx, node.dy)), step = Math.min(warm, far);
      node.x = Math.min(WIDE - 170, Math.max(24, node.x + (node.dx / far) * step));
      node.y = Math.min(HIGH - 20, Math.max(20, node.y + (node.dy / far) * step));
    }
  }
  return by;
}

function draw(told: Network): void {
  const home = document.getElementById("network");
  if (!home || !told.actors.length) { home?.replaceChildren(element("p", { class: "nothing" }, "No claim tells of two such actors.")); return; }
  const at = placed(told);
  const drawn = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "group", "aria-label": "Actors and who acts against whom" },
    svg("defs", {}, svg("marker", { id: "tip", viewBox: "0 0 8 8", refX: 16, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto" }, svg("path", { d: "M0 0 8 4 0 8z", fill: "currentColor" }))));
  for (const edge of told.edges) {
    const one = at.get(edge.source), other = at.get(edge.target);
    if (!one || !other) continue;
    drawn.append(svg("line", { x1: one.x, y1: one.y, x2: other.x, y2: other.y, "stroke-width": Math.min(6, 1 + Math.log2(edge.claims)), "marker-end": "url(#tip)" },
      svg("title", {}, `${visible(edge.source)} → ${visible(edge.target)}: ${edge.type.toLowerCase()}, ${edge.claims} claims by ${visible(edge.voices.join(", "))}`)));
  }
  for (const actor of told.actors) {
    const spot = at.get(actor.name);
    if (!spot) continue;
    drawn.append(svg("g", { tabindex: 0, role: "img", "aria-label": `${visible(actor.name)}, ${actor.kind.replaceAll("_", " ")}` },
      svg("circle", { cx: spot.x, cy: spot.y, r: 7 }), svg("text", { x: spot.x + 10, y: spot.y + 4 }, visible(actor.name))));
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
