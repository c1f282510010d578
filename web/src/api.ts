// Requests to the workbench's own API, and what every page does: messages, theme, logging out.

export class Refused extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly body: Record<string, unknown>) {
    super(message);
  }
}

const meta = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
export const role = meta("role");
const RANKS = ["viewer", "coder", "adjudicator", "owner"];
export const may = (needed: string): boolean => RANKS.indexOf(role) >= RANKS.indexOf(needed);

export async function ask<T>(method: string, address: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (method !== "GET") headers["x-csrf-token"] = meta("csrf");
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["content-type"] = "application/json";
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (body !== undefined) init.body = form ? body : JSON.stringify(body);
  if (signal) init.signal = signal;
  const answered = await fetch(address, init);
  const json = answered.headers.get("content-type")?.includes("json") ? await answered.json() : undefined;
  if (!answered.ok) throw new Refused(answered.status, json?.error?.code ?? "", json?.error?.message ?? answered.statusText, json?.error ?? {});
  return json as T;
}

export function tell(words: string, wrong = false): void {
  const box = document.getElementById("told");
  if (!box) return;
  box.textContent = words;
  box.classList.toggle("bad", wrong);
  box.classList.add("on");
  window.setTimeout(() => box.classList.remove("on"), wrong ? 8000 : 3000);
}

// An element with text: nothing that a report says ever becomes markup.
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Record<string, string> = {}, ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
export function svg(name: string, attributes: Record<string, string | number> = {}, ...inside: (Node | string)[]): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...inside);
  return made;
}

const STEERING = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
// Text of a report on one line: characters that would turn it round are shown.
export const visible = (text: string): string => text.replace(STEERING, found => `U+${found.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`);
export const bdi = (text: string): HTMLElement => element("bdi", {}, visible(text));
