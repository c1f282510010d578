// The state of the incidents page: all of it stands in the address, so that a link, the history and a reload tell the same.

export const FIELDS = ["q", "type", "actor", "place", "country", "voice", "side", "source", "status", "since", "until", "disputed"] as const;
export type Field = (typeof FIELDS)[number] | "bbox" | "incident";
type Listener = (changed: Set<Field>) => void;

const listeners: Listener[] = [];
export const onChange = (listener: Listener): void => void listeners.push(listener);
export const get = (field: Field): string => new URLSearchParams(location.search).get(field) ?? "";

// What the server filters by: without what is only shown.
export function asked(without: Field[] = []): URLSearchParams {
  const found = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (value && name !== "incident" && !without.includes(name as Field)) found.append(name, value);
  }
  return found;
}

export function set(changes: Partial<Record<Field, string>>, push = true): void {
  const now = new URLSearchParams(location.search);
  const changed = new Set<Field>();
  for (const [name, value] of Object.entries(changes) as [Field, string][]) {
    if ((now.get(name) ?? "") === value) continue;
    if (value) now.set(name, value); else now.delete(name);
    changed.add(name);
  }
  if (!changed.size) return;
  const address = `${location.pathname}${now.size ? `?${now}` : ""}`;
  if (push) history.pushState(null, "", address); else history.replaceState(null, "", address);
  for (const listener of listeners) listener(changed);
}
addEventListener("popstate", () => { for (const listener of listeners) listener(new Set([...FIELDS, "bbox", "incident"])); });
