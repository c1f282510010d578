// Taking a claim out of its incident, and taking that back: judgements on pairs, which the next linking follows.
import { ask, tell } from "./api";
import { reasonFor } from "./deciding";

for (const button of document.querySelectorAll<HTMLButtonElement>("button.apart")) {
  const pair = { first: Number(button.dataset.first), second: Number(button.dataset.second) };
  button.addEventListener("click", async () => {
    const apart = button.getAttribute("aria-pressed") !== "true";
    const made = await reasonFor(`${button.textContent ?? ""} (${pair.first}, ${pair.second})`);
    if (!made) return;
    try {
      await ask("POST", "/api/links", { ...pair, judgement: apart ? "different" : "unsure", reason: made.reason });
      button.setAttribute("aria-pressed", String(apart));
      tell(button.title);
    } catch (why) {
      tell((why as Error).message, true);
    }
  });
}
