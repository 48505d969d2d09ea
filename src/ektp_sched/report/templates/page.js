"use strict";
// Draws the charts, and applies the filter to charts and tables. All text is set as text.
(() => {
  const payload = JSON.parse(document.getElementById("payload").textContent);
  const form = document.getElementById("filter");
  const day = document.getElementById("day");
  const numbers = new Intl.NumberFormat(payload.language);
  const lastDay = payload.days.length - 1;
  const views = [];

  const draw = (place, chart, data) => {
    const spec = structuredClone(payload.charts[chart]);
    for (const set of spec.data) {
      if (data[set.name]) set.values = data[set.name];
    }
    const view = new vega.View(vega.parse(spec), {
      renderer: "svg", container: place, hover: false, loader: {},
    });
    views.push(view);
    return view;
  };

  const dayOf = (value, otherwise) => {
    const index = payload.days.indexOf(value);
    return index < 0 ? otherwise : index;
  };

  const wanted = () => ({
    team: Number(form.elements.team.value),
    district: Number(form.elements.district.value),
    first: dayOf(form.elements.from.value, 0),
    last: dayOf(form.elements.to.value, lastDay),
  });

  const inDays = (number, filter) =>
    (number >= filter.first || (number < 0 && filter.first === 0)) &&
    (number <= filter.last || (number > lastDay && filter.last === lastDay));

  const fits = (item, filter) =>
    (filter.team < 0 || Number(item.team) === filter.team) &&
    (filter.district < 0 || Number(item.district) === filter.district) &&
    inDays(Number(item.day), filter);

  const schoolFits = (item, filter) =>
    (filter.team < 0 || item.teams.split(" ").includes(String(filter.team))) &&
    (filter.district < 0 || Number(item.district) === filter.district);

  const showRows = (id, test) => {
    const shown = [];
    for (const row of document.querySelectorAll(`#${id} tbody tr`)) {
      row.hidden = !test(row.dataset);
      if (!row.hidden) shown.push(row);
    }
    return shown;
  };

  const showWeeks = (filter) => {
    for (const week of document.querySelectorAll(".week")) {
      const { first, last } = week.dataset;
      week.hidden = !payload.visits.some(
        (visit) => visit.day >= first && visit.day <= last && fits(visit, filter));
    }
  };

  const tell = (visits, schools) => {
    const values = {
      visits: visits.length,
      pupils: visits.reduce((sum, row) => sum + Number(row.dataset.pupils), 0),
      schools: schools.length,
    };
    document.getElementById("shown").textContent = payload.texts.shown.replace(
      /\{(\w+)\}/g, (_, name) => numbers.format(values[name]));
    const nothing = document.getElementById("nothing");
    if (nothing) nothing.hidden = visits.length > 0;
  };

  const listRoutes = (filter) => {
    const lines = new Map();
    for (const stop of payload.stops) {
      if (stop.day !== Number(day.value) || (filter.team >= 0 && stop.team !== filter.team)) continue;
      if (!lines.has(stop.team)) lines.set(stop.team, []);
      if (stop.order) lines.get(stop.team).push(`${stop.order}. ${stop.tip}`);
    }
    const items = [...lines].map(([team, stops]) => {
      const item = document.createElement("li");
      item.style.setProperty("--route", `var(--route-${team % 6})`);
      item.textContent = `${form.elements.team.options[team + 1].text}: ${stops.join(" → ")}`;
      return item;
    });
    document.getElementById("routes").replaceChildren(...items);
  };

  const apply = () => {
    const filter = wanted();
    const visits = showRows("visits", (item) => fits(item, filter));
    const schools = showRows("schools", (item) => schoolFits(item, filter));
    showRows("differences", (item) => fits(item, filter));
    showRows("blanks", (item) => inDays(Number(item.day), filter));
    showWeeks(filter);
    tell(visits, schools);
    listRoutes(filter);
    for (const view of views) {
      for (const [name, value] of Object.entries(filter)) view.signal(name, value);
      if (view.isMap) view.signal("day", Number(day.value));
    }
    return Promise.all(views.map((view) => view.runAsync()));
  };

  const start = async () => {
    form.hidden = false;
    document.getElementById("no-script").hidden = true;
    for (const week of document.querySelectorAll(".week")) {
      const { first, last } = week.dataset;
      const visits = payload.visits.filter((visit) => visit.day >= first && visit.day <= last);
      draw(week.querySelector(".chart"), "calendar", { visits });
    }
    draw(document.querySelector(".chart.map"), "map", payload).isMap = true;
    draw(document.querySelector(".chart.ledger"), "ledger", payload);
    form.addEventListener("change", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    day.addEventListener("change", apply);
    addEventListener("beforeprint", () => {
      for (const part of document.querySelectorAll("details")) part.open = true;
    });
    await apply();
    document.documentElement.dataset.ready = "yes";
  };

  start();
})();
