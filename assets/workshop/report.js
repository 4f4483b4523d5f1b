// The group picture's only script.  All texts and figures come with the page, in the element "figures".
"use strict";
(() => {
  const state = { step: null, by: {}, place: {} };
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  let data = null;

  const element = (tag, text, kind) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  function showStep(id) {
    state.step = id;
    all("section.step").forEach((section) => { section.hidden = section.dataset.step !== id; });
    all("[data-go]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.go === id)));
  }

  function countBy(section, name) {
    state.by[section.dataset.step] = name;
    all("[data-by]", section).forEach((part) => { part.toggleAttribute("hidden", part.dataset.by !== name); });
    all("[data-count]", section).forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.count === name));
    });
    const place = state.place[section.dataset.step];
    if (place) lookAt(section, place);
  }

  function lookAt(section, place) {
    const step = data.steps[section.dataset.step];
    const fork = step && step.forks[place];
    const panel = section.querySelector("[data-panel]");
    if (!fork || !panel) return;
    state.place[section.dataset.step] = place;
    all(".fork", section).forEach((dot) => dot.setAttribute("aria-pressed", String(dot.dataset.place === place)));
    const by = state.by[section.dataset.step];
    const table = element("table");
    const most = Math.max(1, ...fork.lanes.map((lane) => lane.count || 0));
    fork.lanes.forEach((lane) => {
      const row = element("tr"), name = element("td"), number = element("td", lane.told, "number");
      name.append(element("div", lane.name), element("div", lane.light[by], "soft"));
      if (lane.count === null) number.classList.add("few");
      const bar = element("span", undefined, "bar");
      bar.style.width = `${100 * (lane.count || 0) / most}%`;
      if (lane.count) name.append(bar);
      row.append(name, number);
      table.append(row);
    });
    panel.replaceChildren(element("h3", fork.label), element("p", fork.about, "soft"), table);
  }

  function save(name) {
    const file = data.files[name];
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([file.text], { type: "text/csv;charset=utf-8" }));
    link.download = file.name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function hush() {
    const hushed = document.body.classList.toggle("hushed");
    document.querySelector("[data-hush]").setAttribute("aria-pressed", String(hushed));
  }

  function begin() {
    data = JSON.parse(document.getElementById("figures").textContent);
    const sections = all("section.step");
    sections.forEach((section) => {
      const names = all("[data-count]", section).map((button) => button.dataset.count);
      const before = state.by[section.dataset.step];
      if (names.length) countBy(section, names.includes(before) ? before : section.dataset.first);
      const places = all(".fork", section).map((dot) => dot.dataset.place);
      const place = state.place[section.dataset.step];
      if (places.length) lookAt(section, places.includes(place) ? place : places[0]);
    });
    const ids = sections.map((section) => section.dataset.step);
    if (ids.length) showStep(ids.includes(state.step) ? state.step : ids[0]);
  }

  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-go],[data-count],[data-place],[data-save],[data-hush]");
    if (!at) return;
    if (at.dataset.go) showStep(at.dataset.go);
    else if (at.dataset.count) countBy(at.closest("section.step"), at.dataset.count);
    else if (at.dataset.place) lookAt(at.closest("section.step"), at.dataset.place);
    else if (at.dataset.save) save(at.dataset.save);
    else hush();
  });
  document.addEventListener("mouseover", (event) => {
    const dot = event.target.closest(".fork");
    if (dot) lookAt(dot.closest("section.step"), dot.dataset.place);
  });
  document.addEventListener("focusin", (event) => {
    const dot = event.target.closest(".fork");
    if (dot) lookAt(dot.closest("section.step"), dot.dataset.place);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "h" || event.key === "H") hush();
  });

  async function follow(mark) {
    // On the facilitator's machine the page asks its own inbox for news; opened from a file it never asks anybody.
    let seen = mark;
    for (;;) {
      await new Promise((wake) => setTimeout(wake, 3000));
      try {
        const answer = await fetch("news?seen=" + encodeURIComponent(seen), { cache: "no-store" });
        if (answer.status === 200) {
          seen = answer.headers.get("X-Mark") || seen;
          const top = window.scrollY;
          document.getElementById("content").innerHTML = await answer.text();
          begin();
          window.scrollTo(0, top);
        }
      } catch (error) {
        // The inbox is not there just now; it is asked again.
      }
    }
  }

  begin();
  if (document.body.dataset.mark !== undefined) follow(document.body.dataset.mark);
})();
