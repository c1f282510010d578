"use strict";
// Shows in the report the words that a claim rests on. Without it the page is whole: each card carries its words.
(() => {
  document.documentElement.classList.add("script");
  const narrow = matchMedia("(max-width:52rem)");
  const marksOf = piece => piece.dataset.m.split(" ").map(token => token.split(":"));

  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(one => { one.open = true; }));

  for (const article of document.querySelectorAll("article.reading")) {
    const pieces = [...article.querySelectorAll(".text .m")];
    const cards = [...article.querySelectorAll(".card")];
    const spots = [...article.querySelectorAll(".spot")];
    const claimsOf = spot => spot.dataset.claims.split(" ");
    let pinned = null;

    const paint = card => {
      const claim = card && card.dataset.claim;
      for (const piece of pieces) {
        for (const name of [...piece.classList]) if (name.startsWith("on-")) piece.classList.remove(name);
        if (claim) for (const [id, role] of marksOf(piece)) if (id === claim) piece.classList.add("on-" + role);
      }
      for (const other of cards) other.classList.toggle("active", other === card);
      for (const spot of spots) spot.classList.toggle("lit", Boolean(claim) && claimsOf(spot).includes(claim));
    };
    const pin = card => {
      for (const other of cards) other.classList.remove("sheet");
      pinned = card;
      for (const other of cards) other.setAttribute("aria-current", String(other === card));
      paint(card);
    };
    const scrollTo = element => {
      const box = element.closest(".text");
      if (box && box.scrollHeight > box.clientHeight + 4) {
        const away = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
        if (away < 20 || away > box.clientHeight - 60) box.scrollBy({top: away - box.clientHeight / 3, behavior: "smooth"});
      } else if (!narrow.matches) element.scrollIntoView({block: "nearest"});
    };
    const showWords = card => {
      const first = pieces.find(piece => marksOf(piece).some(([id, role]) => id === card.dataset.claim && role === "trigger"));
      if (first) scrollTo(first);
    };
    const choose = card => {
      pin(card);
      if (card) showWords(card);
    };
    const claimsAt = piece => marksOf(piece).filter(([id]) => id[0] === "c").sort((a, b) => (b[1] === "trigger") - (a[1] === "trigger")).map(([id]) => id);
    const fromText = piece => {
      const ids = [...new Set(claimsAt(piece))];
      if (!ids.length) return pin(null);
      const next = pinned ? ids[(ids.indexOf(pinned.dataset.claim) + 1) % ids.length] : ids[0];
      const card = cards.find(one => one.dataset.claim === next);
      card.hidden = false;
      pin(card);
      if (narrow.matches) card.classList.add("sheet");
      else card.scrollIntoView({block: "nearest"});
    };

    for (const card of cards) {
      card.addEventListener("mouseenter", () => pinned || paint(card));
      card.addEventListener("mouseleave", () => pinned || paint(null));
      card.addEventListener("focusin", () => pinned || paint(card));
      card.addEventListener("focusout", () => pinned || paint(null));
      card.addEventListener("click", event => {
        if (event.target.closest("a,summary")) return pin(card);
        if (getSelection().toString()) return;
        choose(event.target.closest(".close") || pinned === card ? null : card);
      });
      card.addEventListener("keydown", event => {
        const seen = cards.filter(one => !one.hidden);
        const step = {ArrowDown: 1, j: 1, ArrowUp: -1, k: -1}[event.key];
        if (step && event.target === card) {
          const next = seen[seen.indexOf(card) + step];
          if (next) { next.focus(); choose(next); }
          event.preventDefault();
        } else if ((event.key === "Enter" || event.key === " ") && event.target === card) {
          choose(pinned === card ? null : card);
          event.preventDefault();
        }
      });
    }
    for (const piece of pieces) {
      piece.addEventListener("click", () => fromText(piece));
      piece.addEventListener("mouseenter", () => {
        const id = claimsAt(piece)[0];
        if (!pinned && id) paint(cards.find(card => card.dataset.claim === id));
      });
      piece.addEventListener("mouseleave", () => pinned || paint(null));
      piece.addEventListener("keydown", event => {
        if (event.key === "Enter" || event.key === " ") { fromText(piece); event.preventDefault(); }
      });
    }
    for (const spot of spots) spot.addEventListener("click", () => {
      const ids = claimsOf(spot);
      const card = cards.find(one => one.dataset.claim === ids[pinned ? (ids.indexOf(pinned.dataset.claim) + 1) % ids.length : 0]);
      card.hidden = false;
      choose(card);
      card.scrollIntoView({block: "center"});
    });
    const buttons = [...article.querySelectorAll(".filter button")];
    for (const button of buttons) button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      for (const other of buttons) other.setAttribute("aria-pressed", String(on && other === button));
      for (const card of cards) card.hidden = on && card.dataset.voice !== button.dataset.show;
      pin(null);
    });
    document.addEventListener("keydown", event => { if (event.key === "Escape") pin(null); });
  }
})();
