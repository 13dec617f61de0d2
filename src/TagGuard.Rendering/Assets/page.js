// Adds what the page does not need: a filter and sorting for the long tables.
for (const filter of document.querySelectorAll('.filter')) {
  const table = filter.parentNode.querySelector('table');
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const names = rows.map(row => (row.cells[0].textContent + ' ' + row.cells[6].textContent).toLowerCase());
  const input = filter.querySelector('input');
  const output = filter.querySelector('output');
  filter.hidden = false;
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !words.every(word => names[i].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    output.textContent = shown === rows.length ? '' : filter.dataset.shown.replace('#', shown.toLocaleString('en'));
  });
  const rank = { '✕': 3, '?': 2, '!': 1 };
  const keyOf = (row, column) => {
    const text = row.cells[column].textContent;
    if (column === 0) return text;
    if (column === 6) return rank[text[0]] ?? 0;
    if (text === table.dataset.fromZero) return Infinity;
    if (text[0] === '×') return 1e3 * parseFloat(text.slice(1).replaceAll(',', ''));
    const number = parseFloat(text.replaceAll(',', '').replace('−', '-').replace('<', ''));
    return Number.isNaN(number) ? null : number;
  };
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if ('fixed' in head.dataset) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const old = head.getAttribute('aria-sort');
      const up = old ? old === 'descending' : column === 0;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const keyed = rows.map(row => [keyOf(row, column), row]);
      keyed.sort(([a], [b]) => {
        if (a === null || b === null) return (a === null) - (b === null); // no value: last, either way
        return (a < b ? -1 : a > b ? 1 : 0) * (up ? 1 : -1);
      });
      body.append(...keyed.map(([, row]) => row));
    });
  });
}
