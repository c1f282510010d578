// What every page has: theme, logging out, forms of reports, people and tokens.
import { ask, element, tell } from "./api";
import "./desk.css";

const root = document.documentElement;
const kept = localStorage.getItem("sayso-theme");
if (kept === "dark" || kept === "light") root.dataset.theme = kept;
document.getElementById("theme")?.addEventListener("click", () => {
  const dark = root.dataset.theme === "dark" || (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("sayso-theme", root.dataset.theme);
});
document.getElementById("log-out")?.addEventListener("click", async () => {
  await ask("POST", "/api/logout");
  location.assign("/login");
});

function onSubmit(id: string, send: (form: HTMLFormElement, data: FormData) => Promise<void>): void {
  const form = document.getElementById(id);
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const button = form.querySelector("button");
    const wrong = form.querySelector<HTMLElement>(".wrong");
    if (button) button.disabled = true;
    if (wrong) wrong.hidden = true;
    try {
      await send(form, new FormData(form));
    } catch (why) {
      if (wrong) { wrong.textContent = (why as Error).message; wrong.hidden = false; } else tell((why as Error).message, true);
    } finally {
      if (button) button.disabled = false;
    }
  });
}

interface Added { became: string; document: string | null; claims: number; failure: string | null }

function shown(added: Added): void {
  if (added.document && added.became !== "failed") location.assign(`/reports/${encodeURIComponent(added.document)}`);
  else throw new Error(added.failure ?? added.became);
}
onSubmit("new-report", async (_form, data) => shown(await ask<Added>("POST", "/api/reports", Object.fromEntries(data))));
onSubmit("new-file", async (_form, data) => {
  const added = await ask<Added[]>("POST", "/api/reports/files", data);
  const only = added.length === 1 ? added[0] : undefined;
  if (only) shown(only);
  else location.assign("/reports");
});
onSubmit("new-person", async (_form, data) => {
  await ask("POST", "/api/people", Object.fromEntries(data));
  location.reload();
});
onSubmit("new-token", async (form, data) => {
  const made = await ask<{ secret: string }>("POST", "/api/tokens", { label: data.get("label"), days: Number(data.get("days")) });
  const box = document.getElementById("secret");
  const code = box?.querySelector("code");
  if (box && code) { code.textContent = made.secret; box.hidden = false; }
  form.reset();
});
for (const row of document.querySelectorAll<HTMLElement>("#people tr[data-name]")) {
  row.addEventListener("change", async event => {
    const field = event.target as HTMLInputElement | HTMLSelectElement;
    const change = field instanceof HTMLSelectElement ? { role: field.value } : { active: field.checked };
    try {
      await ask("PATCH", `/api/people/${encodeURIComponent(row.dataset.name ?? "")}`, change);
      tell("✓");
    } catch (why) {
      tell((why as Error).message, true);
      window.setTimeout(() => location.reload(), 1500);
    }
  });
}
for (const button of document.querySelectorAll<HTMLButtonElement>("#tokens button.end")) {
  button.addEventListener("click", async () => {
    const item = button.closest("li");
    await ask("DELETE", `/api/tokens/${encodeURIComponent(item?.dataset.key ?? "")}`);
    item?.replaceWith(element("li", { class: "faint" }, "—"));
  });
}
