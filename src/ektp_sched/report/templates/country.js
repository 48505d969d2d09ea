"use strict";
// Sorts the table of offices by the column whose heading is clicked; again: the other way round.
(() => {
  const table = document.getElementById("offices");
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  document.getElementById("sort-note").hidden = false;

  const keyOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  };

  // An office without a figure comes after all others, whichever way they are sorted.
  const compare = (a, b, way) => {
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return way * (typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true }));
  };

  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const way = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      const rows = [...body.rows].map((row) => [keyOf(row, column), row]);
      rows.sort(([a], [b]) => compare(a, b, way));
      body.append(...rows.map(([, row]) => row));
    });
  });
})();
