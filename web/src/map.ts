// Incidents on a map that asks nobody: borders come with the page, clusters from the server. A ring is an area, and no point.
import * as maplibre from "maplibre-gl";
import workerAddress from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { feature, mesh } from "topojson-client";
import type { Topology, GeometryCollection } from "topojson-specification";
import type { FeatureCollection, MultiPolygon, Point, Polygon } from "geojson";
import worldAddress from "world-atlas/countries-50m.json?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { ask } from "./api";
import { asked, get, onChange, set } from "./filters";
import { DISPUTED } from "./disputed";

interface Spot { lon: number; lat: number; count: number; disputed: number; areas: number; ids: number[]; bbox: [number, number, number, number]; place: string | null }
interface Spots { clusters: Spot[]; unplaced: number }

const holder = document.getElementById("map") as HTMLElement;
const unplaced = document.getElementById("unplaced") as HTMLElement;
const color = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function canDraw(): boolean {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2"));
}

// Rings that cross the date line jump from one edge of the world to the other: they are led on beyond it.
function unwrapped(land: FeatureCollection<Polygon | MultiPolygon>): FeatureCollection {
  for (const { geometry } of land.features) {
    for (const polygon of geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates) {
      for (const ring of polygon) {
        for (let at = 1; at < ring.length; at++) {
          const before = ring[at - 1]?.[0] ?? 0, point = ring[at];
          while (point && (point[0] ?? 0) - before > 180) point[0] = (point[0] ?? 0) - 360;
          while (point && before - (point[0] ?? 0) > 180) point[0] = (point[0] ?? 0) + 360;
        }
      }
    }
  }
  return land;
}

export async function openMap(): Promise<void> {
  if (!canDraw()) {
    holder.hidden = true;
    (document.getElementById("no-map") as HTMLElement).hidden = false;
    return;
  }
  const START = 1.5;
  const early = get("bbox") ? null : ask<Spots>("GET", `/api/incidents/clusters?zoom=${START}&${asked(["bbox"])}`); // asked for while the map is being made
  maplibre.setWorkerUrl(workerAddress);
  const world = (await (await fetch(worldAddress)).json()) as Topology<{ countries: GeometryCollection }>;
  const map = new maplibre.Map({
    container: holder,
    style: {
      version: 8,
      sources: {
        land: { type: "geojson", data: unwrapped(feature(world, world.objects.countries) as FeatureCollection<Polygon | MultiPolygon>) },
        borders: { type: "geojson", data: mesh(world, world.objects.countries, (a, b) => a !== b) },
        disputed: { type: "geojson", data: DISPUTED },
        spots: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": color("--sea") } },
        { id: "land", type: "fill", source: "land", paint: { "fill-color": color("--land") } },
        { id: "borders", type: "line", source: "borders", paint: { "line-color": color("--soft"), "line-width": 0.6, "line-opacity": 0.6 } },
        { id: "disputed", type: "line", source: "disputed", paint: { "line-color": color("--ink"), "line-width": 1, "line-dasharray": [3, 3], "line-opacity": 0.7 } },
        { id: "areas", type: "circle", source: "spots", filter: ["==", ["get", "area"], true],
          paint: { "circle-radius": ["get", "radius"], "circle-color": "transparent", "circle-stroke-color": color("--accent"), "circle-stroke-width": 2.5 } },
        { id: "points", type: "circle", source: "spots", filter: ["==", ["get", "area"], false],
          paint: { "circle-radius": ["get", "radius"], "circle-color": ["case", [">", ["get", "disputed"], 0], color("--bad"), color("--accent")], "circle-opacity": 0.85, "circle-stroke-color": color("--paper"), "circle-stroke-width": 1 } },
        { id: "counts", type: "symbol", source: "spots", filter: [">", ["get", "count"], 1],
          layout: { "text-field": ["get", "short"], "text-font": ["sans-serif"], "text-size": 12, "text-allow-overlap": true },
          paint: { "text-color": ["case", ["get", "area"], color("--ink"), color("--on")] } },
      ],
    },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    maxZoom: 14,
    renderWorldCopies: true,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  holder.dataset.ready = "no";
  const start = get("bbox").split(",").map(Number);
  if (start.length === 4 && start.every(Number.isFinite)) map.fitBounds([start[0]!, start[1]!, start[2]!, start[3]!], { animate: false });
  else map.fitBounds([-20, -40, 150, 65], { animate: false });

  let wanted = 0;
  const load = async (ready: Promise<Spots> | null = null): Promise<void> => {
    const mine = ++wanted;
    const told = ready ? await ready : await ask<Spots>("GET", `/api/incidents/clusters?zoom=${map.getZoom().toFixed(2)}&${asked(["bbox"])}`);
    if (mine !== wanted) return;
    unplaced.textContent = told.unplaced ? `${told.unplaced.toLocaleString()} on no map.` : "";
    const features = told.clusters.map(spot => ({
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates: [spot.lon, spot.lat] },
      properties: { ...spot, ids: JSON.stringify(spot.ids), bbox: JSON.stringify(spot.bbox), area: spot.areas === spot.count, radius: Math.min(26, 6 + 4 * Math.log10(spot.count + 1) * 1.6),
        short: spot.count < 1000 ? String(spot.count) : `${Math.round(spot.count / 1000)}k` },
    }));
    (map.getSource("spots") as maplibre.GeoJSONSource).setData({ type: "FeatureCollection", features } as FeatureCollection<Point>);
    holder.dataset.ready = "yes";
    holder.dataset.clusters = String(told.clusters.length);
  };
  map.on("load", () => void load(Math.abs(map.getZoom() - START) < 0.8 ? early : null));
  let zoom = map.getZoom();
  map.on("moveend", event => {
    if (Math.abs(map.getZoom() - zoom) > 0.3) { zoom = map.getZoom(); void load(); }
    if (!("originalEvent" in event && event.originalEvent)) return; // moved by us
    const seen = map.getBounds();
    set({ bbox: [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()].map(one => Math.max(-180, Math.min(180, one)).toFixed(3)).join(",") }, false);
  });
  for (const layer of ["points", "areas"]) {
    map.on("click", layer, event => {
      const found = event.features?.[0]?.properties;
      if (!found) return;
      const ids = JSON.parse(found.ids as string) as number[];
      const [west, south, east, north] = JSON.parse(found.bbox as string) as [number, number, number, number];
      if (ids.length === 1 && found.count === 1) { set({ incident: String(ids[0]) }); return; }
      const pad = Math.max(0.02, (east - west) * 0.2, (north - south) * 0.2);
      map.fitBounds([west - pad, south - pad, east + pad, north + pad], { maxZoom: 12 });
      set({ bbox: [west - pad, south - pad, east + pad, north + pad].map(one => one.toFixed(3)).join(",") });
    });
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  onChange(changed => {
    if ([...changed].some(field => field !== "bbox" && field !== "incident")) void load();
    if (changed.has("bbox") && !get("bbox")) map.fitBounds([-20, -40, 150, 65], { animate: false });
  });
}
