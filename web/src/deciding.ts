// Decisions on claims: what is asked of a person before one is sent.

export interface Decision { verdict: "accept" | "reject" | "amend" | "withdraw"; reason: string; amendment?: Record<string, unknown> }
export interface Decided { status: string; seen: string; told: string }

// Resolves to what a dialog was closed with; null where it was left.
export function asked(dialog: HTMLDialogElement): Promise<FormData | null> {
  const form = dialog.querySelector("form");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise(resolve => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "save" && form ? new FormData(form) : null), { once: true });
  });
}

async function ask(title: string, number: boolean): Promise<{ reason: string; number: number } | null> {
  const dialog = document.getElementById("asking");
  if (!(dialog instanceof HTMLDialogElement)) return null;
  dialog.querySelector("form")?.reset();
  const heading = dialog.querySelector("h2");
  if (heading) heading.textContent = title;
  const other = dialog.querySelector<HTMLElement>("#asking-number");
  const field = other?.querySelector("input");
  if (other && field) { other.hidden = !number; field.required = number; }
  const data = await asked(dialog);
  const reason = String(data?.get("reason") ?? "").trim();
  return data && reason ? { reason, number: Number(data.get("number")) } : null;
}

export async function reasonFor(verdict: string): Promise<Decision | null> {
  const told = await ask(verdict, false);
  return told && { verdict: verdict === "reject" ? "reject" : "amend", reason: told.reason };
}
export const otherFor = (title: string): Promise<{ reason: string; number: number } | null> => ask(title, true);
