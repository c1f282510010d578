// Assigning claims to two coders, handing in, and settling where they differ.
import { ask, tell } from "./api";
import { reasonFor } from "./deciding";

const form = document.getElementById("new-assignment");
if (form instanceof HTMLFormElement) {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const data = new FormData(form), wrong = form.querySelector<HTMLElement>(".wrong");
    try {
      await ask("POST", "/api/assignments", { records: data.getAll("records"), coders: [data.get("a"), data.get("b")], name: data.get("name"), key: crypto.randomUUID() });
      location.reload();
    } catch (why) {
      if (wrong) { wrong.textContent = (why as Error).message; wrong.hidden = false; }
    }
  });
}

async function done(deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed();
    location.reload();
  } catch (why) {
    tell((why as Error).message, true);
  }
}
for (const button of document.querySelectorAll<HTMLButtonElement>("button.hand-in")) {
  const id = button.closest("tr")?.dataset.id ?? "";
  button.addEventListener("click", () => void done(() => ask("POST", `/api/assignments/${encodeURIComponent(id)}/hand-in`)));
}
const assignment = document.querySelector<HTMLElement>("[data-assignment]")?.dataset.assignment ?? "";
document.getElementById("adopt")?.addEventListener("click", () => void done(() => ask("POST", `/api/assignments/${encodeURIComponent(assignment)}/adopt`, { key: crypto.randomUUID() })));
for (const button of document.querySelectorAll<HTMLButtonElement>("button.settle")) {
  const row = button.closest<HTMLElement>(".beside");
  button.addEventListener("click", async () => {
    const made = await reasonFor(button.dataset.verdict ?? "");
    if (!made || !row) return;
    const amendment = button.dataset.amendment ? (JSON.parse(button.dataset.amendment) as Record<string, unknown>) : null;
    await done(() => ask("POST", `/api/assignments/${encodeURIComponent(assignment)}/settle/${row.dataset.number}`, {
      verdict: button.dataset.verdict, reason: made.reason, amendment, seen: row.dataset.seen, key: crypto.randomUUID(),
    }));
  });
}
