// Small comforts. Every page works without this file.
(() => {
  "use strict";

  const KEEP_DAYS = 14;
  const PREFIX = "puente-draft:";
  const words = document.getElementById("words")?.dataset ?? {};
  const store = (() => {
    try {
      localStorage.setItem(PREFIX, "1");
      localStorage.removeItem(PREFIX);
      return localStorage;
    } catch {
      return null;
    }
  })();

  // Counters: the server checks the limit; this only says how much is left.
  for (const line of document.querySelectorAll("[data-counter]")) {
    const input = document.getElementById(line.dataset.counter);
    if (!input) continue;
    const limit = Number(line.dataset.limit);
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    const show = () => {
      const left = limit - [...input.value].length;
      line.textContent = `${left < 0 ? line.dataset.over : line.dataset.left} ${numbers.format(Math.abs(left))}`;
      line.classList.toggle("counter--over", left < 0);
    };
    input.addEventListener("input", show);
    show();
  }

  // Drafts: what is typed stays on this device until it was sent.
  const skipped = new Set(["hidden", "password", "file", "submit", "button"]);
  const read = (form) => {
    const data = {};
    for (const el of form.elements) {
      if (!el.name || skipped.has(el.type)) continue;
      if (el.type === "checkbox" || el.type === "radio") {
        data[`${el.name}=${el.value}`] = el.checked;
      } else {
        data[el.name] = el.value;
      }
    }
    return data;
  };
  const write = (form, data) => {
    for (const el of form.elements) {
      if (!el.name || skipped.has(el.type)) continue;
      const choice = el.type === "checkbox" || el.type === "radio";
      const key = choice ? `${el.name}=${el.value}` : el.name;
      if (!(key in data)) continue;
      if (choice) el.checked = data[key];
      else el.value = data[key];
      el.dispatchEvent(new Event("input"));
    }
  };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const load = (key) => {
    try {
      const draft = JSON.parse(store.getItem(key));
      return draft && Date.now() - draft.at < KEEP_DAYS * 864e5 ? draft : null;
    } catch {
      return null;
    }
  };
  const forget = (test) => {
    for (const key of Object.keys(store)) {
      if (key.startsWith(PREFIX) && test(load(key))) store.removeItem(key);
    }
  };
  const notice = (form, text, buttons) => {
    const box = document.createElement("div");
    box.className = "notice";
    box.setAttribute("role", "status");
    const p = box.appendChild(document.createElement("p"));
    p.textContent = text;
    for (const [label, act] of buttons) {
      const button = box.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "btn btn-secondary btn-small";
      button.textContent = label;
      button.addEventListener("click", () => {
        act();
        box.remove();
      });
    }
    form.prepend(box);
  };
  const keepDraft = (form) => {
    const key = `${PREFIX}${location.pathname}#${form.dataset.draft}`;
    const base = read(form);
    const draft = load(key);
    const drop = () => store.removeItem(key);
    if (document.querySelector("[data-errors]") || (draft && same(draft.data, base))) {
      drop(); // the server gave it back, nothing is missing
    } else if (draft && same(draft.base, base)) {
      write(form, draft.data);
      notice(form, words.restored, [[words.discard, () => { drop(); write(form, base); }]]);
    } else if (draft) {
      notice(form, words.offer, [[words.restore, () => write(form, draft.data)], [words.discard, drop]]);
    }
    let timer;
    const save = (sent) => {
      const data = read(form);
      if (same(data, base)) return sent || drop();
      store.setItem(key, JSON.stringify({ at: Date.now(), base, data, sent }));
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, 400, false);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      save(true);
    });
    addEventListener("pagehide", () => timer && save(Boolean(load(key)?.sent)));
  };
  const warnBeforeLeaving = (form) => {
    const base = read(form);
    let sending = false;
    form.addEventListener("submit", () => { sending = true; });
    addEventListener("beforeunload", (event) => {
      if (!sending && !same(base, read(form))) event.preventDefault();
    });
  };
  if (store && document.querySelector("[data-done]")) forget((draft) => !draft || draft.sent);
  for (const form of document.querySelectorAll("form[data-draft]")) {
    (store ? keepDraft : warnBeforeLeaving)(form);
  }
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", () => store && forget(() => true));
  }

  // Focus: the error summary, and the first field of an action that asks for something.
  document.querySelector("[data-errors]")?.focus();
  for (const form of document.querySelectorAll("form[data-ask]")) {
    const details = form.closest("details");
    details.addEventListener("toggle", () => {
      if (details.open) form.querySelector("select, textarea, button")?.focus();
    });
  }

  // Menus close with Escape and with a click elsewhere.
  const menus = [...document.querySelectorAll("details.account, details.site-menu")];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus) {
      if (!menu.open || !menu.contains(document.activeElement)) continue;
      menu.open = false;
      menu.querySelector("summary").focus();
      break;
    }
  });
  addEventListener("click", (event) => {
    for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
  });

  // htmx comes only to the pages that use it, and starts itself once the page is complete.
  const source = document.querySelector("script[data-htmx]")?.dataset.htmx;
  if (source && document.querySelector("[hx-get], [hx-post]")) {
    addEventListener("load", () => {
      const script = document.createElement("script");
      script.src = source;
      document.head.append(script);
    });
  }
})();
